import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { env } from "#lib/core/env.ts";
import { SESSION_SECONDS } from "#lib/people/rules.ts";

/** The cookie that next-auth keeps its JWT in; `__Host-` ties it to this very host over https. */
export function sessionCookie() {
  const secure = env().PUBLIC_ORIGIN.startsWith("https:");
  return {
    name: `${secure ? "__Host-" : ""}counterfoil.session`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}

/** Puts a session's opaque token, and nothing else, into next-auth's encrypted cookie. */
export async function writeSessionCookie(sid: string): Promise<void> {
  const { name, options } = sessionCookie();
  const value = await encode({ token: { sid }, secret: env().SESSION_SECRET, maxAge: SESSION_SECONDS });
  (await cookies()).set({ name, value, ...options, maxAge: SESSION_SECONDS });
}

export async function clearSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set({ name, value: "", ...options, maxAge: 0 });
}

/** The session token that this request carries, or null. It proves nothing until people's sessions know it. */
export async function readSessionCookie(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookie().name)?.value;
  if (!token) return null;
  try {
    const claims = await decode({ token, secret: env().SESSION_SECRET });
    return typeof claims?.sid === "string" ? claims.sid : null;
  } catch {
    return null;
  }
}
