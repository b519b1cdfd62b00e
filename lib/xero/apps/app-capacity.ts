import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { connections, grants, xeroApps } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { TIERS } from "../budget/usage-rules.ts";
import { appForFirm } from "./apps.ts";

/** The app that a firm connects through: whether it is full, and whether Xero's webhooks come. */
export type AppCapacity = {
  /** The firm's own app, or its company's, which other firms connect through too. */
  whose: "firm" | "company";
  tierName: string;
  /** Organisations that this desk connects through it, of those its tier allows (xero-platform 1.9). */
  used: number;
  limit: number;
  webhookKeySet: boolean;
  webhookSeenAt: Date | null;
};

/** Null while there is no app. The caller has authorised who reads it. */
export async function appCapacity(
  db: Db,
  firm: { firmId: string; companyId: string },
): Promise<AppCapacity | null> {
  const found = await appForFirm(db, firm);
  if (!found) return null;
  const [[app], [count]] = await Promise.all([
    db.select().from(xeroApps).where(eq(xeroApps.id, found.appId)),
    db
      .select({ used: sql<number>`count(*)::int` })
      .from(connections)
      .innerJoin(grants, eq(grants.id, connections.grantId))
      .where(and(eq(grants.appId, found.appId), isNull(connections.endedAt))),
  ]);
  if (!app) return null;
  const tier = TIERS[app.tier];
  return {
    whose: app.firmId ? "firm" : "company",
    tierName: tier.name,
    used: count?.used ?? 0,
    limit: tier.connections,
    webhookKeySet: app.sealedWebhookKey !== null,
    webhookSeenAt: app.webhookSeenAt,
  };
}
