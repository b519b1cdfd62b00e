import "server-only";
import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { db } from "#lib/core/db.ts";
import type { Actor } from "#lib/people/actor.ts";
import { findSession } from "#lib/people/sessions.ts";
import { safeNext } from "./next-path.ts";
import { readSessionCookie } from "./session-cookie.ts";

/** Who is asking, looked up anew in each request, so that a revoked session is dead at once; null for a stranger. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const sid = await readSessionCookie();
  return sid ? findSession(db(), sid) : null;
});

/** For pages: sends a stranger to sign in, and back here afterwards. */
export async function requireActor(): Promise<Actor> {
  const actor = await currentActor();
  if (actor) return actor;
  const here = safeNext((await headers()).get("x-counterfoil-path"));
  redirect((here ? `/sign-in?next=${encodeURIComponent(here)}` : "/sign-in") as Route);
}
