"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { openAction } from "#app/door/action.ts";
import { rememberDevice } from "#app/door/device-cookie.ts";
import { password } from "#app/door/fields.ts";
import { writeSessionCookie } from "#app/door/session-cookie.ts";
import { db } from "#lib/core/db.ts";
import { acceptPasswordLink, findPasswordLink } from "#lib/people/password-links.ts";

const form = z.strictObject({ link: z.string().max(100), password });

export const sendNewPassword = openAction(form, async ({ link, password }, from) => {
  const person = await findPasswordLink(db(), link);
  const session = await acceptPasswordLink(db(), { token: link, password, ...from });
  await writeSessionCookie(session);
  if (person) await rememberDevice(person.email);
  redirect("/");
});
