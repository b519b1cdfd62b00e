/** Test only: a desk that other systems send orders to, as they do it: by the API's own handlers. */
import { sql } from "drizzle-orm";
import { orderSettings } from "#db/schema/mapping.ts";
import { makeKey } from "#lib/api-keys/make-key.ts";
import type { Db } from "#lib/core/db.ts";
import type { OrderSettings } from "#lib/mapping/mapping.ts";
import { type Desk, openDesk } from "./desk.ts";
import type { Simulator } from "./simulator-process.ts";

export const ORDER_SETTINGS: OrderSettings = {
  ...{ process: "untracked", invoiceStatus: "AUTHORISED", numbering: "order", numberPrefix: "", dueDays: 14 },
  ...{
    onLocked: "hold",
    onCancel: "void",
    onUnmapped: "fallback",
    salesAccountCode: "200",
    salesTaxType: null,
  },
  ...{ costAccountCode: "310", inventoryAccountCode: "630", roundingAccountCode: "860" },
  ...{ cashContactId: null, supplierContactId: null },
};

export type OrderDesk = Desk & { key: string };

/** A connected firm whose owner has saved how orders are written, and made a key for a till. */
export async function openOrderDesk(db: Db, simulator: Simulator): Promise<OrderDesk> {
  const desk = await openDesk(db, simulator);
  const { connectionId } = desk.books;
  const key = await makeKey(db, desk.caller, {
    connectionId,
    name: "Till",
    scopes: ["read", "orders:write"],
  });
  await setOrders(db, desk, {});
  return { ...desk, key };
}

/** How this desk's orders are written from now on. */
export async function setOrders(
  db: Db,
  { books, caller }: Desk,
  change: Partial<OrderSettings>,
): Promise<void> {
  const row = { ...ORDER_SETTINGS, ...change };
  await db
    .insert(orderSettings)
    .values({ ...row, ...books, savedBy: caller.actor.userId })
    .onConflictDoUpdate({ target: orderSettings.connectionId, set: { ...row, savedAt: sql`now()` } });
}
