import { env } from "#lib/core/env.ts";
import { apiDocument } from "../document.ts";

export const dynamic = "force-dynamic";

/** For anyone: it tells of no firm. */
export function GET(): Response {
  return Response.json(apiDocument(env().PUBLIC_ORIGIN), { headers: { "cache-control": "no-store" } });
}
