import "server-only";
import { env } from "#lib/core/env.ts";

/** 303 to a path of our own: the browser asks with GET, going back sends no form twice, and no address is kept. */
export function seeOther(path: string): Response {
  const headers = { location: new URL(path, env().PUBLIC_ORIGIN).href, "cache-control": "no-store" };
  return new Response(null, { status: 303, headers });
}
