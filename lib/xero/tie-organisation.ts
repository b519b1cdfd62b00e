import "server-only";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { connections } from "#db/schema/xero.ts";
import { record } from "#lib/audit/record.ts";
import { type Db, violates } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { readAccessClaims } from "./claims.ts";
import { xeroApi } from "./client.ts";
import type { Candidate } from "./flows.ts";
import { forgetUnusedTokens } from "./grants.ts";
import { organisationConnected } from "./jobs.ts";
import { missingScopes } from "./scopes.ts";
import { callSdk } from "./sdk.ts";
import type { XeroOrganisation } from "./types.ts";

export type Tied =
  | { kind: "tied"; connectionId: string; again: boolean }
  | { kind: "refused"; why: "taken" | "other_organisation" };

type Tie = { grantId: string; link: Candidate; accessToken: string };

/**
 * Ties a firm to an organisation, or renews the tie it has. One live connection a firm, one firm an organisation: a
 * firm's own organisation comes back to its old row with its history, any other is refused. Throws XeroFault when the
 * organisation can't be read.
 */
export async function tieOrganisation(db: Db, caller: FirmCaller, tie: Tie): Promise<Tied> {
  const { accessToken, link } = tie;
  const { firm } = caller;
  const reader = xeroApi(link.tenantId, (scope, run) =>
    callSdk({ accessToken, scope, observe: () => {} }, run),
  );
  const organisation = await reader.organisation();
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`xero.connect ${firm.firmId}`}, 0))`,
      );
      const own = await tx
        .select()
        .from(connections)
        .where(eq(connections.firmId, firm.firmId))
        .orderBy(desc(connections.connectedAt));
      if (own.some((row) => !row.endedAt && row.tenantId !== link.tenantId)) {
        return { kind: "refused" as const, why: "other_organisation" as const };
      }
      const holder = await holderOf(tx, link.tenantId);
      if (holder && holder.firmId !== firm.firmId) {
        await noteElsewhere(tx, holder);
        return { kind: "refused" as const, why: "taken" as const };
      }
      const before = own.find((row) => row.tenantId === link.tenantId);
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
  const [missing] = missingScopes(readAccessClaims(accessToken).scopes);
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

async function holderOf(tx: Db, tenantId: string): Promise<{ id: string; firmId: string } | undefined> {
  const [row] = await tx
    .select({ id: connections.id, firmId: connections.firmId })
    .from(connections)
    .where(and(eq(connections.tenantId, tenantId), isNull(connections.endedAt)));
  return row;
}

/** The firm that has the organisation learns of the try, and not whose it was. */
async function noteElsewhere(tx: Db, holder: { id: string; firmId: string }): Promise<void> {
  await record(tx, {
    firmId: holder.firmId,
    actor: "xero",
    action: "connection.refused-elsewhere",
    subject: `connection:${holder.id}`,
  });
}
