import "server-only";
import type { NextAuthOptions } from "next-auth";
import type { JWT } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { AppError } from "#lib/core/errors.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import type { Actor } from "#lib/people/actor.ts";
import { SESSION_SECONDS } from "#lib/people/rules.ts";
import { findSession, revokeSession } from "#lib/people/sessions.ts";
import { signIn } from "#lib/people/sign-in.ts";
import { sessionCookie } from "./session-cookie.ts";

const typed = z.object({ email: z.string().max(254), password: z.string().max(1024) });

/** next-auth, kept to one job: its JWT carries the opaque session token and no word about the person. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().SESSION_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: env().PUBLIC_ORIGIN.startsWith("https:"),
    cookies: { sessionToken: sessionCookie() },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: {
          email: { label: "E-mail", type: "email" },
          password: { label: "Password", type: "password" },
        },
        authorize: async (credentials, request) => {
          const parsed = typed.safeParse(credentials);
          if (!parsed.success) return null;
          const headers = new Headers(request.headers as Record<string, string> | undefined);
          const from = { ip: clientAddress(headers), userAgent: headers.get("user-agent") };
          try {
            return { id: await signIn(db(), { ...parsed.data, ...from, device: null }) };
          } catch (error) {
            if (error instanceof AppError && error.code === "unauthenticated") return null;
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user ? user.id : token.sid }),
      session: async ({ session, token }) => {
        const actor = await holderOf(token);
        const { expires } = session;
        return actor ? { expires, user: { name: actor.name, email: actor.email } } : { expires };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const actor = await holderOf(token);
        if (actor) await revokeSession(db(), actor.sessionId);
      },
    },
  };
}

async function holderOf(token: JWT): Promise<Actor | null> {
  return typeof token?.sid === "string" ? findSession(db(), token.sid) : null;
}
