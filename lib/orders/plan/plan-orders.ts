import { processesOf } from "#lib/api-keys/read.ts";
import { dayIn } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import { referenceOf } from "#lib/core/ids.ts";
import type { ReadableOrder } from "../order-body.ts";
import { seedOf } from "../promise/promise-documents.ts";
import { type Asked, findParties } from "./find-parties.ts";
import { numberHolders } from "./number-holders.ts";
import type { Books, Part, Plan } from "./plan.ts";
import { invoiceNumber, planOrder } from "./plan-order.ts";

export type ToPlan = {
  order: ReadableOrder;
  /** Its documents are promised already, so that the number of its invoice is its own. */
  isPromised: boolean;
  /** The key that it came by; null where staff sent it. */
  apiKeyId: string | null;
  /** When it came, of one that is kept: without a date of its own it is of that day. */
  receivedAt?: Date | undefined;
};

/** Plans these orders as they would be written now, in their order; some queries of the mirror for all of them together. */
export async function planOrders(
  db: Db,
  { connectionId, books, orders }: { connectionId: string; books: Books; orders: ToPlan[] },
): Promise<Part<Plan>[]> {
  const { settings } = books.mapping;
  const supplierContactId = settings?.supplierContactId ?? undefined;
  const asked = orders.flatMap(({ order: { source, buyer, supplier } }): Asked[] => [
    { source, sent: buyer, pointer: "#/buyer" },
    {
      source,
      sent: supplier ?? (supplierContactId ? { contactId: supplierContactId } : undefined),
      pointer: "#/supplier",
    },
  ]);
  const cashContactId = settings?.cashContactId ?? null;
  const parties = await findParties(db, connectionId, { asked, cashContactId });
  const holders = await numberHolders(
    db,
    connectionId,
    orders.map(({ order: { source = "", number = "", revision = 0 } }) => ({
      number: number === "" ? null : invoiceNumber(settings, number),
      own: referenceOf(seedOf(connectionId, { source, number, revision, kind: "invoice" })),
    })),
  );
  const processes = await processesOf(
    db,
    orders.flatMap(({ apiKeyId }) => apiKeyId ?? []),
  );
  const nobody = { planned: null, faults: [] };
  return orders.map(({ order, isPromised, apiKeyId, receivedAt }, at) =>
    planOrder(order, {
      books: receivedAt ? { ...books, today: dayIn(books.timeZone, receivedAt) } : books,
      buyer: parties[2 * at] ?? nobody,
      supplier: parties[2 * at + 1] ?? nobody,
      processOfKey: processes.get(apiKeyId ?? "") ?? null,
      numberHolder: isPromised ? null : (holders[at] ?? null),
    }),
  );
}
