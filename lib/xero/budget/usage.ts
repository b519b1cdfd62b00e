import "server-only";
import { and, eq, gte, inArray, isNull, sql, sum } from "drizzle-orm";
import { callBudget, callUsage, connections, grants } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { may } from "#lib/firms/rules.ts";
import type { CountedAs } from "../api/types.ts";
import { listAppRows } from "../apps/apps.ts";
import type { Limited } from "./budget-rules.ts";
import { type Forecast, forecast, lastHourOf, type Tier } from "./usage-rules.ts";

/** What the desk asked of one of the firm's organisations, and what it may still ask. */
export type OrganisationUsage = {
  connectionId: string;
  organisationName: string;
  countryCode: string;
  timeZone: string;
  /** By Xero's last word; null when it has said nothing for a day. */
  day: { left: number; limit: number; seenAt: Date; forecast: Forecast } | null;
  blocked: { problem: Limited["problem"]; until: Date } | null;
  /** Calls of the last 24 whole hours and this one. */
  lastDay: Record<CountedAs, number>;
  /** Answered with 429 in the same time. */
  limited: number;
};

/** An app as Xero bills it. The totals are over all organisations that connect through it. */
export type AppUsage = {
  whose: "firm" | "company";
  tier: Tier;
  /** True when Xero's headers have shown more calls a day than the Starter tier has. */
  provenMore: boolean;
  mayChange: boolean;
  /** Null for those who have no business with the company as a whole. */
  totals: { connections: number; calls: number; egressBytes: number } | null;
};

export type Usage = { now: Date; organisations: OrganisationUsage[]; apps: AppUsage[] };

/** The firm's own organisations and the apps it connects through; what a company's app does for others is told to its owners. */
export async function loadUsage(db: Db, firm: FirmContext): Promise<Usage> {
  requireAbility(firm, "connect");
  const lines = await db
    .select({
      now: sql<Date>`now()`.mapWith(connections.connectedAt),
      connection: connections,
      appId: grants.appId,
      budget: callBudget,
    })
    .from(connections)
    .innerJoin(grants, eq(grants.id, connections.grantId))
    .leftJoin(
      callBudget,
      and(eq(callBudget.appId, grants.appId), eq(callBudget.tenantId, connections.tenantId)),
    )
    .where(and(eq(connections.firmId, firm.firmId), isNull(connections.endedAt)))
    .orderBy(connections.connectedAt);
  const now = lines[0]?.now ?? new Date();
  const organisations = await Promise.all(
    lines.map(async ({ connection, appId, budget }): Promise<OrganisationUsage> => {
      // An organisation may have been another firm's before: what that one asked is not told here.
      const hours = await hoursOf(db, {
        appId,
        tenantId: connection.tenantId,
        since: connection.connectedAt,
      });
      const of = (purpose: CountedAs) => total(hours.filter((row) => row.purpose === purpose));
      const isFresh = budget?.observedAt && now.getTime() - budget.observedAt.getTime() < 86_400_000;
      const left = isFresh ? budget.dayRemaining : null;
      return {
        connectionId: connection.id,
        organisationName: connection.organisationName,
        countryCode: connection.countryCode,
        timeZone: connection.timeZone,
        day:
          left !== null && budget?.observedAt
            ? {
                left: Math.max(0, left),
                limit: budget.dayLimit ?? 1_000,
                seenAt: budget.observedAt,
                forecast: forecast({ left, lastHour: lastHourOf(hours, now), now }),
              }
            : null,
        blocked:
          budget?.blockedBy && budget.blockedUntil && budget.blockedUntil > now
            ? { problem: budget.blockedBy, until: budget.blockedUntil }
            : null,
        lastDay: { payer: of("payer"), write: of("write"), sync: of("sync") },
        limited: hours.reduce((all, row) => all + row.limited, 0),
      };
    }),
  );
  return { now, organisations, apps: await appsOf(db, firm) };
}

async function hoursOf(db: Db, { appId, tenantId, since }: { appId: string; tenantId: string; since: Date }) {
  return db
    .select({
      hour: callUsage.hour,
      purpose: callUsage.purpose,
      calls: callUsage.calls,
      limited: callUsage.limited,
    })
    .from(callUsage)
    .where(
      and(
        eq(callUsage.appId, appId),
        eq(callUsage.tenantId, tenantId),
        gte(callUsage.hour, sql`date_trunc('hour', now() - interval '24 hours')`),
        gte(callUsage.hour, sql`date_trunc('hour', ${since.toISOString()}::timestamptz)`),
      ),
    );
}

async function appsOf(db: Db, firm: FirmContext): Promise<AppUsage[]> {
  const rows = (await listAppRows(db, firm)).filter(({ kind }) => kind === "oauth2");
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [proven, counted, used] = await Promise.all([
    db
      .select({ appId: callBudget.appId })
      .from(callBudget)
      .where(and(inArray(callBudget.appId, ids), sql`${callBudget.dayLimit} > 1000`)),
    db
      .select({ appId: grants.appId, connections: sql<number>`count(*)::int` })
      .from(connections)
      .innerJoin(grants, eq(grants.id, connections.grantId))
      .where(and(inArray(grants.appId, ids), isNull(connections.endedAt)))
      .groupBy(grants.appId),
    db
      .select({ appId: callUsage.appId, calls: sum(callUsage.calls), bytes: sum(callUsage.egressBytes) })
      .from(callUsage)
      .where(and(inArray(callUsage.appId, ids), gte(callUsage.hour, sql`date_trunc('month', now(), 'UTC')`)))
      .groupBy(callUsage.appId),
  ]);
  return rows.map((row): AppUsage => {
    const maySee = row.firmId !== null || may(firm, "company");
    const month = used.find(({ appId }) => appId === row.id);
    return {
      whose: row.firmId ? "firm" : "company",
      tier: row.tier,
      provenMore: proven.some(({ appId }) => appId === row.id),
      mayChange: maySee,
      totals: maySee
        ? {
            connections: counted.find(({ appId }) => appId === row.id)?.connections ?? 0,
            calls: Number(month?.calls ?? 0),
            egressBytes: Number(month?.bytes ?? 0),
          }
        : null,
    };
  });
}

function total(rows: { calls: number }[]): number {
  return rows.reduce((all, { calls }) => all + calls, 0);
}
