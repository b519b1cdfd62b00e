import { apiDocument } from "../document.ts";

export const dynamic = "force-dynamic";

/** For anyone: it tells of no firm. */
export function GET(): Response {
  return Response.json(apiDocument(), { headers: { "cache-control": "no-store" } });
}
