import { z } from "zod";
import { currentActor } from "#app/door/actor.ts";
import { explain } from "#app/door/errors.ts";
import { requireOwnOrigin } from "#app/door/origin.ts";
import { readForm } from "#app/door/raw-body.ts";
import { seeOther } from "#app/door/see-other.ts";
import { db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { requireFirm } from "#lib/firms/authorise.ts";
import { startConnect } from "#lib/xero/consent/connect.ts";
import { connectionsPath } from "../connect-pages.ts";

const shape = z.strictObject({
  company: z.string().max(63),
  firm: z.string().max(63),
  /** The connection to renew; left out to add an organisation. */
  connection: z.uuid().optional(),
});

/** Someone pressed Connect. A form's post, not a link: it makes a flow, and links are fetched ahead of time. */
export async function POST(request: Request): Promise<Response> {
  try {
    requireOwnOrigin(request.headers);
    const actor = await currentActor();
    if (!actor) return seeOther("/sign-in");

    const parsed = shape.safeParse(Object.fromEntries(await readForm(request)));
    if (!parsed.success) throw new AppError("invalid", "That form was incomplete.");

    const place = { companySlug: parsed.data.company, firmSlug: parsed.data.firm };
    const firm = await requireFirm(db(), actor, place, "connect");
    try {
      const headers = {
        location: (await startConnect(db(), { actor, firm }, parsed.data.connection)).href,
        "cache-control": "no-store",
      };
      return new Response(null, { status: 303, headers });
    } catch (error) {
      if (error instanceof AppError && error.code === "conflict") {
        return seeOther(`${connectionsPath(firm)}?result=no_app`);
      }
      if (error instanceof AppError && error.code === "not_found") {
        return seeOther(`${connectionsPath(firm)}?result=not_connected`);
      }
      throw error;
    }
  } catch (error) {
    explain(error);
    return seeOther("/firms");
  }
}
