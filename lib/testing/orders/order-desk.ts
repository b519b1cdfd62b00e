/** Test only: a desk that other systems send orders to, as they do it: by the API's own handlers. */
import { makeKey } from "#lib/api-keys/make-key.ts";
import type { Db } from "#lib/core/db.ts";
import type { OrderSettings } from "#lib/mapping/mapping.ts";
import { type SettingsInput, saveOrderSettings } from "#lib/mapping/save-settings.ts";
import { type Desk, openDesk } from "../desk.ts";
import type { Simulator } from "../simulator-process.ts";

const ORDER_SETTINGS: OrderSettings = {
  ...{ process: "untracked", invoiceStatus: "AUTHORISED", numbering: "order", numberPrefix: "", dueDays: 14 },
  ...{
    onLocked: "hold",
    onCancel: "void",
    onUnmapped: "fallback",
    emailInvoices: false,
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

/** How this desk's orders are written from now on, as its owner saves it. */
export async function setOrders(
  db: Db,
  { books: { connectionId }, caller }: Pick<Desk, "books" | "caller">,
  change: Partial<Omit<SettingsInput, "connectionId">>,
): Promise<void> {
  const { cashContactId: _, supplierContactId: __, ...settings } = ORDER_SETTINGS;
  const nobody = { cashContact: null, supplierContact: null };
  await saveOrderSettings(db, caller, { connectionId, ...settings, ...nobody, ...change });
}
