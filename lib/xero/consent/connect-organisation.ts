import "server-only";
import { and, desc, eq, sql } from "drizzle-orm";
import { connections } from "#db/schema/xero.ts";
import { record } from "#lib/audit/record.ts";
import { type Db, violates } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { xeroApi } from "../api/client.ts";
import { callSdk } from "../api/sdk.ts";
import type { XeroOrganisation } from "../api/types.ts";
import { missingBookScopes } from "../apps/scopes.ts";
import { organisationAskedFor, organisationConnected } from "../jobs.ts";
import { holdersOf } from "../organisations/connections.ts";
import { forgetUnusedTokens } from "../tokens/grants.ts";
import { scopesIn } from "./access-token-claims.ts";
import type { Candidate } from "./flows.ts";

export type Tied = { kind: "tied"; connectionId: string; again: boolean } | { kind: "refused"; why: "taken" };

type Tie = { grantId: string; link: Candidate; accessToken: string };

/**
 * Ties a firm to an organisation, or renews the tie it has. A firm may have several, an organisation has one firm: a
 * firm's own comes back to its old row with its history, one that another firm has is refused and that firm told.
 * Throws XeroFault when the organisation can't be read.
 */
export async function connectOrganisation(db: Db, caller: FirmCaller, tie: Tie): Promise<Tied> {
  const { accessToken, link } = tie;
  const { firm } = caller;
  const reader = xeroApi(link.tenantId, (scope, list, run) =>
    callSdk({ accessToken, observe: () => {} }, { scope, list, run }),
  );
  const organisation = await reader.organisation();
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`xero.connect ${link.tenantId}`}, 0))`,
      );
      const [holder] = await holdersOf(tx, [link.tenantId]);
      if (holder && holder.firmId !== firm.firmId) {
        await noteElsewhere(tx, holder);
        return { kind: "refused" as const, why: "taken" as const };
      }
      const [before] = await tx
        .select({ id: connections.id, grantId: connections.grantId })
        .from(connections)
        .where(and(eq(connections.firmId, firm.firmId), eq(connections.tenantId, link.tenantId)))
        .orderBy(desc(connections.connectedAt))
        .limit(1);
      const connectionId = await write(tx, caller, { ...tie, organisation, before: before?.id });
      if (before && before.grantId !== tie.grantId) await forgetUnusedTokens(tx, before.grantId);
      await announce(tx, caller, { connectionId, again: before !== undefined, organisation });
      return { kind: "tied" as const, connectionId, again: before !== undefined };
    });
  } catch (error) {
    if (violates(error, "connections_tenant")) return { kind: "refused", why: "taken" };
    throw error;
  }
}

type Written = Tie & { organisation: XeroOrganisation; before: string | undefined };

async function write(
  tx: Db,
  { firm, actor }: FirmCaller,
  { grantId, link, accessToken, organisation, before }: Written,
): Promise<string> {
  const [missing] = missingBookScopes(scopesIn(accessToken));
  const facts = {
    grantId,
    xeroConnectionId: link.id,
    organisationName: organisation.name,
    legalName: organisation.legalName,
    registrationNumber: organisation.registrationNumber,
    shortCode: organisation.shortCode,
    baseCurrency: organisation.baseCurrency,
    countryCode: organisation.countryCode,
    timeZone: organisation.timeZone,
    isDemo: organisation.isDemo,
    doubtSince: sql`now()`,
    state: missing ? ("missing_scope" as const) : ("healthy" as const),
    stateReason: missing ?? null,
    stateSince: sql`now()`,
    lastContactAt: sql`now()`,
    unreachableSince: null,
    connectedBy: actor.userId,
    connectedAt: sql`now()`,
    endedAt: null,
  };
  const [row] = before
    ? await tx
        .update(connections)
        .set(facts)
        .where(eq(connections.id, before))
        .returning({ id: connections.id })
    : await tx
        .insert(connections)
        .values({ ...facts, firmId: firm.firmId, tenantId: link.tenantId })
        .returning({ id: connections.id });
  if (!row) throw new Error("A connection vanished while it was written");
  return row.id;
}

async function announce(
  tx: Db,
  caller: FirmCaller,
  {
    connectionId,
    again,
    organisation,
  }: { connectionId: string; again: boolean; organisation: XeroOrganisation },
): Promise<void> {
  await recordBy(tx, caller, {
    action: again ? "connection.renewed" : "connection.made",
    subject: `connection:${connectionId}`,
    detail: { organisation: organisation.name, shortCode: organisation.shortCode },
  });
  await enqueue(tx, organisationConnected, { connectionId });
}

/** The firm that has the organisation learns of the try, on its timeline and by letter; not whose it was. */
export async function noteElsewhere(
  db: Db,
  { firmId, connectionId }: { firmId: string; connectionId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await record(tx, {
      firmId,
      actor: "xero",
      action: "connection.refused-elsewhere",
      subject: `connection:${connectionId}`,
    });
    await enqueue(tx, organisationAskedFor, { connectionId });
  });
}
