"use server";

import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { openAction } from "#app/door/action.ts";
import { currentActor } from "#app/door/actor.ts";
import { readDevice, rememberDevice } from "#app/door/device-cookie.ts";
import { line, password } from "#app/door/fields.ts";
import { safeNext } from "#app/door/next-path.ts";
import { requireOwnOrigin } from "#app/door/origin.ts";
import { clearSessionCookie, writeSessionCookie } from "#app/door/session-cookie.ts";
import { db } from "#lib/core/db.ts";
import { revokeSession } from "#lib/people/sessions.ts";
import { signIn } from "#lib/people/sign-in.ts";

const signInForm = z.strictObject({
  email: line(254, "Type your e-mail address."),
  password,
  next: z.string().optional(),
});

export const sendSignIn = openAction(signInForm, async ({ next, ...typed }, from) => {
  const token = await signIn(db(), { ...typed, ...from, device: await readDevice() });
  const before = await currentActor();
  if (before) await revokeSession(db(), before.sessionId);
  await writeSessionCookie(token);
  await rememberDevice(typed.email);
  redirect((safeNext(next) ?? "/") as Route);
});

export async function signOut(): Promise<void> {
  requireOwnOrigin(await headers());
  const actor = await currentActor();
  if (actor) await revokeSession(db(), actor.sessionId);
  await clearSessionCookie();
  redirect("/sign-in?signed-out");
}
