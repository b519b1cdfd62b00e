import { and, eq, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { connections, grants } from "#db/schema/xero.ts";
import { dayIn } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import { prepared } from "#lib/core/prepared.ts";
import { stopsPayments } from "../apps/scopes.ts";

/** What a pay page needs of a firm's live connections. */
export type PayConnection = {
  connectionId: string;
  organisationName: string;
  legalName: string | null;
  registrationNumber: string | null;
  shortCode: string;
  tenantId: string;
  baseCurrency: string;
  /** One of Xero's demo companies, for trying out. */
  isDemo: boolean;
  countryCode: string;
  timeZone: string;
  /** False while money that we took could not be written to Xero. */
  usable: boolean;
  clearingAccountId: string | null;
};

/** All live connections of a firm, the oldest first. */
export async function payConnections(db: Db, firmId: string): Promise<PayConnection[]> {
  return (await liveOfFirm(db, { firmId })).map(toPayConnection);
}

/** The firm's oldest live connection; without one, the one that ended last: its zone and country are still the firm's. */
export async function firstConnection(db: Db, firmId: string): Promise<PayConnection | undefined> {
  const [row] = await select(db, eq(connections.firmId, firmId))
    .orderBy(sql`${connections.endedAt} desc nulls first`, connections.connectedAt, connections.id)
    .limit(1);
  return row && toPayConnection(row);
}

/** For a statement of the room above: all connections that a firm has or had, the oldest first. See `byStanding`. */
export function selectConnections(db: Db, firmId: SQLWrapper) {
  return select(db, eq(connections.firmId, firmId)).orderBy(connections.connectedAt, connections.id);
}

/** The live ones of these, as `payConnections` has them, and the ids of those that staff have ended: the mirror of these stays. */
export function byStanding(rows: Row[]): { live: PayConnection[]; ended: string[] } {
  return {
    live: rows.filter(({ endedAt }) => endedAt === null).map(toPayConnection),
    ended: rows.filter(({ endedAt }) => endedAt !== null).map(({ connectionId }) => connectionId),
  };
}

/** One connection, also after it ended: a receipt outlives it. */
export async function payConnection(db: Db, connectionId: string): Promise<PayConnection | undefined> {
  const [row] = await byId(db, { connectionId });
  return row && toPayConnection(row);
}

const liveOfFirm = prepared("connections-of-firm", (db) =>
  select(db, and(eq(connections.firmId, sql.placeholder("firmId")), isNull(connections.endedAt))).orderBy(
    connections.connectedAt,
    connections.id,
  ),
);
const byId = prepared("connection", (db) => select(db, eq(connections.id, sql.placeholder("connectionId"))));

function select(db: Db, where: SQL | undefined) {
  return db
    .select({
      connectionId: connections.id,
      organisationName: connections.organisationName,
      legalName: connections.legalName,
      registrationNumber: connections.registrationNumber,
      shortCode: connections.shortCode,
      tenantId: connections.tenantId,
      baseCurrency: connections.baseCurrency,
      isDemo: connections.isDemo,
      countryCode: connections.countryCode,
      timeZone: connections.timeZone,
      state: connections.state,
      stateReason: connections.stateReason,
      endedAt: connections.endedAt,
      grantState: sql<(typeof grants.$inferSelect)["state"]>`${grants.state}`.as("grant_state"),
      clearingAccountId: connections.clearingAccountId,
    })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .where(where);
}

type Row = Awaited<ReturnType<typeof select>>[number];

function toPayConnection({ state, stateReason, grantState, endedAt, ...row }: Row): PayConnection {
  const takesPayments =
    state === "healthy" || (state === "missing_scope" && !stopsPayments(stateReason ?? ""));
  return { ...row, usable: takesPayments && grantState === "active" && endedAt === null };
}

/** Where a payment of this instant is written: the clearing account, and the day it was where the organisation is. */
export async function postingTarget(
  db: Db,
  connectionId: string,
  at: Date,
): Promise<{ accountId: string; date: string }> {
  const [row] = await db
    .select({ accountId: connections.clearingAccountId, timeZone: connections.timeZone })
    .from(connections)
    .where(eq(connections.id, connectionId));
  if (!row?.accountId) throw new Error(`Connection ${connectionId} has no clearing account`);
  return { accountId: row.accountId, date: dayIn(row.timeZone, at) };
}
