"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { openAction } from "#app/door/action.ts";
import { rememberDevice } from "#app/door/device-cookie.ts";
import { line, password } from "#app/door/fields.ts";
import { writeSessionCookie } from "#app/door/session-cookie.ts";
import { db } from "#lib/core/db.ts";
import { setUp } from "#lib/firms/set-up.ts";
import { signIn } from "#lib/people/sign-in.ts";

const form = z.strictObject({
  companyName: line(100, "Type the company's name."),
  companySlug: line(63, "Type a short name for links."),
  firmName: line(100, "Type the firm's name."),
  firmSlug: line(63, "Type a short name for links."),
  name: line(100, "Type your name."),
  email: line(254, "Type your e-mail address."),
  password,
});

export const sendSetUp = openAction(form, async (typed, from) => {
  const { email, password } = typed;
  await setUp(db(), {
    company: { name: typed.companyName, slug: typed.companySlug },
    firm: { name: typed.firmName, slug: typed.firmSlug },
    owner: { name: typed.name, email, password },
  });
  await writeSessionCookie(await signIn(db(), { email, password, ...from, device: null }));
  await rememberDevice(email);
  redirect(`/firms/${typed.companySlug}/${typed.firmSlug}` as Route);
});
