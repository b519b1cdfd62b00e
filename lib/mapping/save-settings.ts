import "server-only";
import { sql } from "drizzle-orm";
import { orderSettings } from "#db/schema/mapping.ts";
import type { Db } from "#lib/core/db.ts";
import { Misfilled } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { contactNamesLike } from "#lib/mirror/contact-names-like.ts";
import { findContactsLike } from "#lib/mirror/find-contacts.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { chartForSaving } from "./chart-for-saving.ts";
import { mappingChanged } from "./jobs.ts";
import type { OrderSettings } from "./mapping.ts";
import { settingsFaults } from "./target-rules.ts";

/** The contacts by their names in Xero, as a person types them; null for none. */
export type SettingsInput = Omit<OrderSettings, "cashContactId" | "supplierContactId"> & {
  connectionId: string;
  cashContact: string | null;
  supplierContact: string | null;
};

/**
 * An owner says how an organisation's orders become documents; those that were held for want of it go on. Throws `Misfilled`
 * with all that the chart and the contacts have against it, each at its field; `not_found` for an organisation that is not
 * connected to this firm.
 */
export async function saveOrderSettings(db: Db, caller: FirmCaller, input: SettingsInput): Promise<void> {
  const { firm, actor } = caller;
  requireAbility(firm, "settings");
  const { connectionId, cashContact, supplierContact, ...typed } = input;
  const { organisationName } = await requireLive(db, firm, connectionId);
  const chart = await chartForSaving(db, connectionId);
  const [cash, supplier] = await Promise.all([
    findNamed(db, connectionId, cashContact),
    findNamed(db, connectionId, supplierContact),
  ]);
  const settings: OrderSettings = {
    ...typed,
    cashContactId: cash.contactId,
    supplierContactId: supplier.contactId,
  };
  const faults: [string, string[]][] = [
    ...settingsFaults(chart, settings).map(({ field, detail }): [string, string[]] => [field, [detail]]),
    ...(cash.fault ? [["cashContact", [cash.fault]] as [string, string[]]] : []),
    ...(supplier.fault ? [["supplierContact", [supplier.fault]] as [string, string[]]] : []),
  ];
  if (faults.length > 0) throw new Misfilled(Object.fromEntries(faults));
  const row = { ...settings, firmId: firm.firmId, savedAt: sql`now()`, savedBy: actor.userId };
  await db.transaction(async (tx) => {
    await tx
      .insert(orderSettings)
      .values({ ...row, connectionId })
      .onConflictDoUpdate({ target: orderSettings.connectionId, set: row });
    await recordBy(tx, caller, {
      action: "orders.settings-saved",
      subject: `connection:${connectionId}`,
      detail: { organisation: organisationName, ...typed, cashContact, supplierContact },
    });
    await enqueue(tx, mappingChanged, { connectionId });
  });
}

type Named = { contactId: string | null; fault: string | null };

async function findNamed(db: Db, connectionId: string, name: string | null): Promise<Named> {
  if (name === null) return { contactId: null, fault: null };
  const found = await findContactsLike(db, connectionId, { emails: [], names: [name] });
  const [only] = found;
  if (only && found.length === 1) return { contactId: only.contactId, fault: null };
  if (only)
    return {
      contactId: null,
      fault: `Xero has ${found.length} contacts named “${name}”. Rename or merge one there, or name another.`,
    };
  const near = await contactNamesLike(db, connectionId, name);
  const like = near.length > 0 ? ` Near it: ${near.map((one) => `“${one}”`).join(", ")}.` : "";
  return { contactId: null, fault: `Xero has no active contact named “${name}”.${like}` };
}
