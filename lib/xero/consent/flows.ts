import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { oauthFlows } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { open, seal } from "#lib/core/vault/vault.ts";
import type { Secrets } from "./oauth.ts";

/** The browser session that pressed Connect: nobody else may finish it. */
export type FlowOwner = { userId: string; sessionId: string };

/** Organisations to pick from, as Xero listed them; names only ever leave this room. */
export type Candidate = { id: string; tenantId: string; name: string };

const candidates = z.array(z.object({ id: z.string(), tenantId: z.string(), name: z.string() }));

const LIFE = sql`interval '10 minutes'`;

const place = (row: string) => ({ table: "oauth_flows", row, column: "sealed_verifier" });

/** The nonce follows from the verifier, which only we know; what Xero echoes is checked against its hash as well. */
export function nonceOf(verifier: string): string {
  return hashOf(`nonce ${verifier}`);
}

export async function insertFlow(
  db: Db,
  flow: FlowOwner & { firmId: string; appId: string; connectionId: string | null; secrets: Secrets },
): Promise<void> {
  const { secrets, ...who } = flow;
  const id = randomUUID();
  await db.insert(oauthFlows).values({
    id,
    ...who,
    stateHash: hashOf(secrets.state),
    sealedVerifier: seal(secrets.verifier, place(id)),
    nonceHash: hashOf(secrets.nonce),
    expiresAt: sql`now() + ${LIFE}`,
  });
}

export type TakenFlow = {
  flowId: string;
  firmId: string;
  appId: string;
  /** The connection to renew; null to add an organisation. */
  connectionId: string | null;
  secrets: Secrets;
  ageMs: number;
};

/** Takes a flow for its one use, if it is this browser's, unused and not over. One statement: of many tries one wins. */
export async function takeFlow(db: Db, state: string, owner: FlowOwner): Promise<TakenFlow | undefined> {
  const [row] = await db
    .update(oauthFlows)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(oauthFlows.stateHash, hashOf(state)),
        eq(oauthFlows.userId, owner.userId),
        eq(oauthFlows.sessionId, owner.sessionId),
        isNull(oauthFlows.usedAt),
        gt(oauthFlows.expiresAt, sql`now()`),
      ),
    )
    .returning({
      flowId: oauthFlows.id,
      firmId: oauthFlows.firmId,
      appId: oauthFlows.appId,
      connectionId: oauthFlows.connectionId,
      sealedVerifier: oauthFlows.sealedVerifier,
      nonceHash: oauthFlows.nonceHash,
      ageMs: sql<number>`(extract(epoch from now() - ${oauthFlows.createdAt}) * 1000)::int`,
    });
  if (!row) return undefined;
  const { sealedVerifier, nonceHash, ...flow } = row;
  const verifier = open(sealedVerifier, place(flow.flowId));
  const nonce = nonceOf(verifier);
  return hashOf(nonce) === nonceHash ? { ...flow, secrets: { state, verifier, nonce } } : undefined;
}

/** The firm of a flow that is over, for a way back; only to the person whose flow it was. */
export async function firmOfFlow(db: Db, state: string, userId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ firmId: oauthFlows.firmId })
    .from(oauthFlows)
    .where(and(eq(oauthFlows.stateHash, hashOf(state)), eq(oauthFlows.userId, userId)));
  return row?.firmId;
}

/** Ties the flow to the grant it brought, so that its tokens are kept while the flow goes on: ten more minutes. */
export async function holdGrant(tx: Db, flowId: string, grantId: string): Promise<void> {
  await tx
    .update(oauthFlows)
    .set({ grantId, expiresAt: sql`now() + ${LIFE}` })
    .where(eq(oauthFlows.id, flowId));
}

export async function offerCandidates(db: Db, flowId: string, offered: Candidate[]): Promise<void> {
  const kept = offered.map(({ id, tenantId, name }) => ({ id, tenantId, name }));
  await db
    .update(oauthFlows)
    .set({ candidates: JSON.stringify(kept) })
    .where(eq(oauthFlows.id, flowId));
}

const waiting = (flowId: string, owner: FlowOwner, firmId: string) =>
  and(
    eq(oauthFlows.id, flowId),
    eq(oauthFlows.userId, owner.userId),
    eq(oauthFlows.sessionId, owner.sessionId),
    eq(oauthFlows.firmId, firmId),
    isNotNull(oauthFlows.candidates),
    isNull(oauthFlows.finishedAt),
    gt(oauthFlows.expiresAt, sql`now()`),
  );

/** What this person may still pick from; undefined when the choice is over, or was never theirs. */
export async function getOffer(
  db: Db,
  at: FlowOwner & { flowId: string; firmId: string },
): Promise<{ grantId: string; appId: string; offered: Candidate[] } | undefined> {
  const [row] = await db
    .select({ grantId: oauthFlows.grantId, appId: oauthFlows.appId, candidates: oauthFlows.candidates })
    .from(oauthFlows)
    .where(waiting(at.flowId, at, at.firmId));
  if (!row?.grantId || !row.candidates) return undefined;
  return { grantId: row.grantId, appId: row.appId, offered: candidates.parse(JSON.parse(row.candidates)) };
}

/** Nothing can be done with the flow from now on. Says which grant it held. */
export async function finishFlow(tx: Db, flowId: string): Promise<string | null> {
  const [row] = await tx
    .update(oauthFlows)
    .set({ finishedAt: sql`now()` })
    .where(eq(oauthFlows.id, flowId))
    .returning({ grantId: oauthFlows.grantId });
  return row?.grantId ?? null;
}
