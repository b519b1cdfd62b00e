import "server-only";
import { and, desc, eq, inArray } from "drizzle-orm";
import { apiKeys, apiRequests } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { listPeople } from "#lib/people/read.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import type { OrderProcess, Scope } from "./key.ts";

/** A key as its owner may see it: never the key itself. */
export type KeyView = {
  keyId: string;
  organisationName: string;
  name: string;
  prefix: string;
  lastFour: string;
  scopes: Scope[];
  process: OrderProcess | null;
  madeAt: Date;
  madeBy: string;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** All keys that the firm ever had, the newest first. */
export async function listKeys(db: Db, firm: FirmContext): Promise<KeyView[]> {
  requireAbility(firm, "settings");
  const { id, connectionId, name, prefix, lastFour, scopes, process } = apiKeys;
  const { madeAt, madeBy, lastUsedAt, revokedAt } = apiKeys;
  const rows = await db
    .select({
      ...{ id, connectionId, name, prefix, lastFour, scopes, process },
      ...{ madeAt, madeBy, lastUsedAt, revokedAt },
    })
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

export type RequestView = Pick<
  typeof apiRequests.$inferSelect,
  "requestId" | "method" | "path" | "status" | "problem" | "milliseconds" | "at"
> & { keyName: string };

/** What was asked with the firm's keys, the newest first, at most so many. */
export async function listRequests(db: Db, firm: FirmContext, atMost: number): Promise<RequestView[]> {
  requireAbility(firm, "settings");
  const { requestId, method, path, status, problem, milliseconds, at } = apiRequests;
  return db
    .select({ requestId, method, path, status, problem, milliseconds, at, keyName: apiKeys.name })
    .from(apiRequests)
    .innerJoin(apiKeys, eq(apiKeys.id, apiRequests.apiKeyId))
    .where(eq(apiRequests.firmId, firm.firmId))
    .orderBy(desc(apiRequests.at), apiRequests.id)
    .limit(atMost);
}

/** What was sent and answered has its personal fields blotted out; `connectionId`: the organisation that it was for. */
export type RequestDetail = RequestView & {
  sent: string | null;
  answered: string | null;
  connectionId: string;
  apiKeyId: string;
};

/** One request of the firm's. */
export async function findRequest(
  db: Db,
  firm: FirmContext,
  requestId: string,
): Promise<RequestDetail | undefined> {
  requireAbility(firm, "settings");
  const [row] = await db
    .select({ request: apiRequests, keyName: apiKeys.name, connectionId: apiKeys.connectionId })
    .from(apiRequests)
    .innerJoin(apiKeys, eq(apiKeys.id, apiRequests.apiKeyId))
    .where(and(eq(apiRequests.firmId, firm.firmId), eq(apiRequests.requestId, requestId)));
  return row && { ...row.request, keyName: row.keyName, connectionId: row.connectionId };
}

/** What orders of these keys become where they don't say, by key; those that go by the organisation are left out. */
export async function processesOf(db: Db, keyIds: string[]): Promise<Map<string, OrderProcess>> {
  if (keyIds.length === 0) return new Map();
  const rows = await db
    .select({ id: apiKeys.id, process: apiKeys.process })
    .from(apiKeys)
    .where(inArray(apiKeys.id, [...new Set(keyIds)]));
  return new Map(rows.flatMap(({ id, process }) => (process ? [[id, process] as const] : [])));
}
