import "server-only";
import { desc, eq } from "drizzle-orm";
import { apiKeys } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { listPeople } from "#lib/people/read.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import type { Scope } from "./key.ts";

/** A key as its owner may see it: never the key itself. */
export type KeyView = {
  keyId: string;
  organisationName: string;
  name: string;
  prefix: string;
  lastFour: string;
  scopes: Scope[];
  madeAt: Date;
  madeBy: string;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** All keys that the firm ever had, the newest first. */
export async function listKeys(db: Db, firm: FirmContext): Promise<KeyView[]> {
  requireAbility(firm, "settings");
  const { id, connectionId, name, prefix, lastFour, scopes, madeAt, madeBy, lastUsedAt, revokedAt } = apiKeys;
  const rows = await db
    .select({ id, connectionId, name, prefix, lastFour, scopes, madeAt, madeBy, lastUsedAt, revokedAt })
    .from(apiKeys)
    .where(eq(apiKeys.firmId, firm.firmId))
    .orderBy(desc(apiKeys.madeAt), apiKeys.id);
  const people = await listPeople(db, [...new Set(rows.map(({ madeBy }) => madeBy))]);
  const { live, ended } = await loadConnections(db, firm);
  const organisations = new Map([...ended, ...live].map((one) => [one.connectionId, one.organisationName]));
  return rows.map(({ id, connectionId, madeBy, ...row }) => ({
    ...row,
    keyId: id,
    organisationName: organisations.get(connectionId) ?? "",
    madeBy: people.find((person) => person.userId === madeBy)?.name ?? "",
  }));
}
