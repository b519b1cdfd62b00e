"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { openAction } from "#app/door/action.ts";
import { password } from "#app/door/fields.ts";
import { writeSessionCookie } from "#app/door/session-cookie.ts";
import { db } from "#lib/core/db.ts";
import { acceptPasswordLink } from "#lib/people/password-links.ts";

const form = z.strictObject({ link: z.string().max(100), password });

export const sendNewPassword = openAction(form, async ({ link, password }, from) => {
  const session = await acceptPasswordLink(db(), { token: link, password, ...from });
  await writeSessionCookie(session);
  redirect("/");
});
