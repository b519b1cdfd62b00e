import { z } from "zod";
import { db } from "#lib/core/db.ts";
import { receiveWebhook } from "#lib/processor/webhooks/receive-webhook.ts";
import { LARGEST_WEBHOOK, readBody } from "../../../../door/raw-body.ts";

/** Stripe's events for one account: 200 once stored, 401 for a signature that is wrong or too old. */
export async function POST(
  request: Request,
  context: { params: Promise<{ accountId: string }> },
): Promise<Response> {
  const body = await readBody(request, LARGEST_WEBHOOK);
  if (!body) return new Response(null, { status: 413 });
  const { accountId } = await context.params;
  if (!z.uuid().safeParse(accountId).success) return new Response(null, { status: 401 });
  const taken = await receiveWebhook(db(), {
    accountId,
    body,
    signature: request.headers.get("stripe-signature"),
  });
  return new Response(null, { status: taken ? 200 : 401 });
}
