import "server-only";
import { notFound } from "next/navigation";
import { z } from "zod";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { db } from "#lib/core/db.ts";
import { readPayment } from "#lib/evidence/read-payment.ts";
import { placeAndTime } from "../../place-and-time.ts";

export type PaymentPlace = Place & { captureId: string };

/** How a firm writes dates. */
export type Where = Awaited<ReturnType<typeof placeAndTime>>;

/** The payment at this address, for whoever may see the firm's; a page that isn't there for anything else. */
export async function loadPayment({ captureId, ...place }: PaymentPlace) {
  const { actor, firm } = await requireFirmPage(place, "see");
  const id = z.uuid().safeParse(captureId);
  const [payment, where] = await Promise.all([
    id.success ? readPayment(db(), firm, id.data) : null,
    placeAndTime(db(), firm.firmId),
  ]);
  return { actor, firm, payment: payment ?? notFound(), where };
}
