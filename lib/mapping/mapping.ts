import { eq } from "drizzle-orm";
import { itemKinds, orderSettings, tenders } from "#db/schema/mapping.ts";
import type { Db } from "#lib/core/db.ts";

export type OrderSettings = Omit<
  typeof orderSettings.$inferSelect,
  "connectionId" | "firmId" | "savedAt" | "savedBy"
>;
/** What other systems call a thing on their orders, and where it goes; null in a field: as the settings say. */
export type ItemKind = Pick<
  typeof itemKinds.$inferSelect,
  "id" | "name" | "accountCode" | "taxType" | "costAccountCode" | "itemCode" | "tracking" | "mappedAt"
>;
/** What a till calls a way to pay, and the account that it is paid into. */
export type Tender = Pick<typeof tenders.$inferSelect, "id" | "name" | "accountId" | "mappedAt">;

/** How an organisation's orders become documents. */
export type Mapping = {
  /** Null until a person has saved them: no order is written before. */
  settings: OrderSettings | null;
  kinds: Map<string, ItemKind>;
  tenders: Map<string, Tender>;
};

/** All of an organisation's mapping; kinds and tenders by their names, to the letter as their senders write them. */
export async function readMapping(db: Db, connectionId: string): Promise<Mapping> {
  const [[saved], kinds, ways] = await Promise.all([
    db.select().from(orderSettings).where(eq(orderSettings.connectionId, connectionId)),
    db
      .select({
        id: itemKinds.id,
        name: itemKinds.name,
        accountCode: itemKinds.accountCode,
        taxType: itemKinds.taxType,
        costAccountCode: itemKinds.costAccountCode,
        itemCode: itemKinds.itemCode,
        tracking: itemKinds.tracking,
        mappedAt: itemKinds.mappedAt,
      })
      .from(itemKinds)
      .where(eq(itemKinds.connectionId, connectionId))
      .orderBy(itemKinds.name),
    db
      .select({
        id: tenders.id,
        name: tenders.name,
        accountId: tenders.accountId,
        mappedAt: tenders.mappedAt,
      })
      .from(tenders)
      .where(eq(tenders.connectionId, connectionId))
      .orderBy(tenders.name),
  ]);
  const { connectionId: _, firmId: __, savedAt: ___, savedBy: ____, ...settings } = saved ?? {};
  return {
    settings: saved ? (settings as OrderSettings) : null,
    kinds: new Map(kinds.map((kind) => [kind.name, kind])),
    tenders: new Map(ways.map((tender) => [tender.name, tender])),
  };
}
