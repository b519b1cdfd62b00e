import { db } from "#lib/core/db.ts";
import { receiveWebhook } from "#lib/mirror/webhooks/receive-webhook.ts";
import { LARGEST_WEBHOOK, readBody } from "../../../../door/raw-body.ts";

/** Xero's deliveries and its intent-to-receive checks: 200 when signed rightly (and stored), 401 when not; always empty. */
export async function POST(
  request: Request,
  context: { params: Promise<{ appId: string }> },
): Promise<Response> {
  const body = await readBody(request, LARGEST_WEBHOOK);
  if (!body) return new Response(null, { status: 413 });
  const { appId } = await context.params;
  const taken = await receiveWebhook(db(), {
    appId,
    body,
    signature: request.headers.get("x-xero-signature"),
  });
  return new Response(null, { status: taken ? 200 : 401 });
}
