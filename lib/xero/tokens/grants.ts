import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, gt, inArray, isNotNull, isNull, notExists, sql } from "drizzle-orm";
import { connections, grants, oauthFlows } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { open, seal } from "#lib/core/vault/vault.ts";

/** A custom connection has no refresh token: it asks for a new access token with its secret. */
type Tokens = { accessToken: string; refreshToken: string | null };

export type GrantKind = (typeof grants.$inferSelect)["kind"];

/** A grant as the refresh protocol needs it, opened. `fresh`: its access token lives for 90 seconds and more. */
export type HeldGrant = {
  id: string;
  appId: string;
  kind: GrantKind;
  state: "active" | "needs_reconnect";
  tokens: Tokens | null;
  fresh: boolean;
  /** The refresh token before this one, while Xero may still take it. */
  previousRefresh: string | null;
  /** When these tokens came: tells this version of the row from the next. */
  rotatedAt: Date | null;
  /** An earlier refresh lost its answer more than 30 minutes ago: Xero may have forgotten our token. */
  overdue: boolean;
  /** These tokens may be from before a backup: only a refresh tells. */
  doubted: boolean;
};

export type NewTokens = Tokens & { expiresInSeconds: number; scopes: string };

/** Xero takes the token before for 30 minutes after the change. */
const GRACE = sql`interval '30 minutes'`;

/** Access tokens live for 30 minutes; one this near to its end is not used for another call. */
const SPARE = sql`interval '90 seconds'`;

const place = (row: string, column: "sealed_tokens" | "sealed_previous_refresh") => ({
  table: "grants",
  row,
  column,
});

const columns = {
  id: grants.id,
  appId: grants.appId,
  kind: grants.kind,
  state: grants.state,
  sealedTokens: grants.sealedTokens,
  sealedPrevious: grants.sealedPreviousRefresh,
  fresh: sql<boolean>`coalesce(${grants.accessExpiresAt} > now() + ${SPARE}, false)`,
  inGrace: sql<boolean>`coalesce(${grants.rotatedAt} > now() - ${GRACE}, false)`,
  rotatedAt: grants.rotatedAt,
  overdue: sql<boolean>`coalesce(${grants.refreshTriedAt} < now() - ${GRACE}, false)`,
  doubted: sql<boolean>`${grants.doubtedAt} is not null`,
};

export async function getGrant(db: Db, grantId: string): Promise<HeldGrant | undefined> {
  const [row] = await db.select(columns).from(grants).where(eq(grants.id, grantId));
  return row && opened(row);
}

/** As `getGrant`, and nobody else changes it until the transaction ends. */
export async function lockGrant(tx: Db, grantId: string): Promise<HeldGrant | undefined> {
  const [row] = await tx.select(columns).from(grants).where(eq(grants.id, grantId)).for("update");
  return row && opened(row);
}

/**
 * Durable before the call: a refresh of these very tokens may be under way from now on. Keeps the first of several
 * tries, for Xero's 30 minutes run from the first one whose answer was lost. Waits while somebody else refreshes, and
 * then does nothing.
 */
export async function noteRefreshTry(db: Db, { id, rotatedAt }: HeldGrant): Promise<void> {
  await db
    .update(grants)
    .set({ refreshTriedAt: sql`coalesce(${grants.refreshTriedAt}, now())` })
    .where(
      and(
        eq(grants.id, id),
        eq(grants.state, "active"),
        rotatedAt ? eq(grants.rotatedAt, rotatedAt) : isNull(grants.rotatedAt),
      ),
    );
}

/** Keeps what Xero answered, and the refresh token that it replaces. */
export async function saveTokens(
  tx: Db,
  grantId: string,
  next: NewTokens,
  replaced: string | null,
): Promise<void> {
  const { accessToken, refreshToken, expiresInSeconds, scopes } = next;
  await tx
    .update(grants)
    .set({
      sealedTokens: seal(JSON.stringify({ accessToken, refreshToken }), place(grantId, "sealed_tokens")),
      sealedPreviousRefresh: replaced && seal(replaced, place(grantId, "sealed_previous_refresh")),
      scopes,
      accessExpiresAt: sql`now() + make_interval(secs => ${expiresInSeconds})`,
      rotatedAt: sql`now()`,
      refreshTriedAt: null,
      doubtedAt: null,
      state: "active",
      stateReason: null,
    })
    .where(eq(grants.id, grantId));
}

/** Xero's no was clear: nothing was lost, and trying again needs a person first. Says when. */
export async function loseGrant(tx: Db, grantId: string, reason: string): Promise<Date> {
  const [row] = await tx
    .update(grants)
    .set({ state: "needs_reconnect", stateReason: reason, stateSince: sql`now()`, refreshTriedAt: null })
    .where(eq(grants.id, grantId))
    .returning({ now: sql<Date>`now()`.mapWith(grants.createdAt) });
  return row?.now ?? new Date();
}

/**
 * Ends all of the app's grants at once: its client id was changed, or Xero no longer takes its secret. One that is being
 * refreshed just now is left to that refresh. Says which grants that ended.
 */
export async function loseGrantsOf(
  tx: Db,
  appId: string,
  reason: string,
): Promise<{ grantId: string; since: Date }[]> {
  const living = tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.appId, appId), isNotNull(grants.sealedTokens), eq(grants.state, "active")))
    .for("update", { skipLocked: true });
  return tx
    .update(grants)
    .set({ state: "needs_reconnect", stateReason: reason, stateSince: sql`now()`, refreshTriedAt: null })
    .where(inArray(grants.id, living))
    .returning({ grantId: grants.id, since: sql<Date>`now()`.mapWith(grants.createdAt) });
}

/** The app's secret was wrong and is right again: its grants' own tokens were never at fault. */
export async function reviveGrantsOf(tx: Db, appId: string, reason: string): Promise<void> {
  await tx
    .update(grants)
    .set({ state: "active", stateReason: null })
    .where(and(eq(grants.appId, appId), eq(grants.state, "needs_reconnect"), eq(grants.stateReason, reason)));
}

/** The one row of this Xero user at this app, or of a custom connection, which has none; made when new, and locked. */
export async function lockGrantOf(
  tx: Db,
  who: { appId: string; xeroUserId: string | null; email: string | null },
): Promise<HeldGrant> {
  const kind = who.xeroUserId === null ? ("client_credentials" as const) : ("authorization_code" as const);
  const [row] = await tx
    .insert(grants)
    .values({ id: randomUUID(), kind, ...who, scopes: "" })
    .onConflictDoUpdate({ target: [grants.appId, grants.xeroUserId], set: { email: who.email } })
    .returning({ id: grants.id });
  const held = row && (await lockGrant(tx, row.id));
  if (!held) throw new Error("A grant vanished while it was made");
  return held;
}

/**
 * Wipes tokens that neither a live connection nor an unfinished Connect needs: of one grant, or of all. We don't revoke:
 * that would end the Xero user's other connections too.
 */
export async function forgetUnusedTokens(tx: Db, grantId?: string): Promise<void> {
  const live = tx
    .select({ one: sql`1` })
    .from(connections)
    .where(and(eq(connections.grantId, grants.id), isNull(connections.endedAt)));
  const underWay = tx
    .select({ one: sql`1` })
    .from(oauthFlows)
    .where(
      and(
        eq(oauthFlows.grantId, grants.id),
        isNull(oauthFlows.finishedAt),
        gt(oauthFlows.expiresAt, sql`now()`),
      ),
    );
  await tx
    .update(grants)
    .set({ sealedTokens: null, sealedPreviousRefresh: null, accessExpiresAt: null, refreshTriedAt: null })
    .where(
      and(
        grantId ? eq(grants.id, grantId) : undefined,
        isNotNull(grants.sealedTokens),
        notExists(live),
        notExists(underWay),
      ),
    );
}

/**
 * Grants in use that need a refresh now: idle for 20 hours, in doubt, or one was tried and its answer never kept. Of a
 * custom connection nothing lapses while it is idle.
 */
export async function listGrantsToRefresh(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: grants.id })
    .from(grants)
    .innerJoin(connections, and(eq(connections.grantId, grants.id), sql`${connections.endedAt} is null`))
    .where(
      sql`${grants.state} = 'active' and (${grants.doubtedAt} is not null or ${grants.kind} = 'authorization_code'
        and (${grants.rotatedAt} < now() - interval '20 hours' or ${grants.refreshTriedAt} < now() - interval '1 minute'))`,
    );
  return rows.map((row) => row.id);
}

type Row = {
  id: string;
  appId: string;
  kind: GrantKind;
  state: HeldGrant["state"];
  sealedTokens: string | null;
  sealedPrevious: string | null;
  fresh: boolean;
  inGrace: boolean;
  rotatedAt: Date | null;
  overdue: boolean;
  doubted: boolean;
};

function opened({ sealedTokens, sealedPrevious, inGrace, ...grant }: Row): HeldGrant {
  return {
    ...grant,
    tokens: sealedTokens
      ? (JSON.parse(open(sealedTokens, place(grant.id, "sealed_tokens"))) as Tokens)
      : null,
    previousRefresh:
      sealedPrevious && inGrace ? open(sealedPrevious, place(grant.id, "sealed_previous_refresh")) : null,
  };
}
