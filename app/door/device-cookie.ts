import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "#lib/core/env.ts";
import { type Device, withAccount } from "#lib/people/device.ts";

/** Sealed apart from the session's cookie: neither can be taken for the other. */
const SALT = "counterfoil.device";
const SECONDS = 180 * 24 * 3_600;

const shape = z.object({ id: z.string().max(64), accounts: z.array(z.string().max(64)).max(5) });

function cookie() {
  const secure = env().PUBLIC_ORIGIN.startsWith("https:");
  return {
    name: `${secure ? "__Host-" : ""}counterfoil.device`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: SECONDS } as const,
  };
}

/** The browser that this request comes from, if people signed in there before. */
export async function readDevice(): Promise<Device | null> {
  const token = (await cookies()).get(cookie().name)?.value;
  if (!token) return null;
  try {
    return shape.parse(await decode({ token, secret: env().SESSION_SECRET, salt: SALT }));
  } catch {
    return null;
  }
}

/** Somebody with this e-mail has just signed in here. */
export async function rememberDevice(email: string): Promise<void> {
  const token = { ...withAccount(await readDevice(), email) };
  const value = await encode({ token, secret: env().SESSION_SECRET, salt: SALT, maxAge: SECONDS });
  const { name, options } = cookie();
  (await cookies()).set({ name, value, ...options });
}
