import "server-only";
import { notFound } from "next/navigation";
import { z } from "zod";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { db } from "#lib/core/db.ts";
import type { Ability } from "#lib/firms/rules.ts";
import { readOrderForStaff } from "#lib/orders/staff/read-for-staff.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { placeAndTime } from "../../place-and-time.ts";

export type OrderPlace = Place & { orderId: string };

/** How a firm writes dates. */
export type Where = Awaited<ReturnType<typeof placeAndTime>>;

/** The order at this address, for whoever may do this at the firm; a page that isn't there for anything else. */
export async function loadOrder({ orderId, ...place }: OrderPlace, ability: Ability) {
  const { actor, firm } = await requireFirmPage(place, ability);
  const id = z.uuid().safeParse(orderId);
  const [found, where] = await Promise.all([
    id.success ? readOrderForStaff(db(), firm, id.data) : undefined,
    placeAndTime(db(), firm.firmId),
  ]);
  const order = found ?? notFound();
  const books = await payConnection(db(), order.connectionId);
  if (!books) throw new Error(`Order ${order.id} lacks its organisation`);
  return { actor, firm, order, books, where };
}
