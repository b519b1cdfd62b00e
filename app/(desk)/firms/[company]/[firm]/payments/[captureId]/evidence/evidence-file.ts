import "server-only";
import { evidenceOf } from "#lib/evidence/evidence.ts";
import { loadPayment, type PaymentPlace } from "../load-payment.ts";

/** The evidence of the payment at this address. For whoever may see its page, which shows the same things. */
export async function loadEvidence(place: PaymentPlace) {
  const { actor, firm, payment, where } = await loadPayment(place);
  const evidence = evidenceOf(payment, { firm, made: { at: new Date(), by: actor.name } });
  const name = `${firm.firmSlug}-evidence-${evidence.payment.reference ?? evidence.payment.id}`;
  return { evidence, name, where };
}

export function asFile(body: BodyInit, { name, type }: { name: string; type: string }): Response {
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}
