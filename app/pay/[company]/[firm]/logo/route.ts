import { db } from "#lib/core/db.ts";
import { findLogo } from "#lib/firms/read.ts";
import type { PayParams } from "../../../pay-door.ts";

/** A firm's logo, for its pay pages. */
export async function GET(_: Request, context: { params: Promise<PayParams> }): Promise<Response> {
  const { company, firm } = await context.params;
  const logo = await findLogo(db(), company, firm);
  if (!logo) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(logo.bytes), {
    headers: { "content-type": logo.type, "cache-control": "public, max-age=300" },
  });
}
