export const dynamic = "force-dynamic";

/** This process answers. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
