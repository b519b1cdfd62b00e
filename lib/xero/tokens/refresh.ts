import "server-only";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { log } from "#lib/core/log.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { XeroFault } from "../api/xero-fault.ts";
import { type AppCredentials, credentialsOf, noteAppRefused } from "../apps/apps.ts";
import { IdentityRefusal } from "../consent/identity-faults.ts";
import { ownTokens, refreshTokens } from "../consent/oauth.ts";
import { appRefused, grantLost } from "../jobs.ts";
import {
  forgetUnusedTokens,
  getGrant,
  type HeldGrant,
  listGrantsToRefresh,
  lockGrant,
  loseGrant,
  loseGrantsOf,
  type NewTokens,
  noteRefreshTry,
  saveTokens,
} from "./grants.ts";

/** Why a grant is lost when its app's id or secret is refused: saving the right one heals it. */
export const APP_REFUSED = "app_refused";

/** A custom connection's organisation withdrew it, or one of its scopes: after it is mended at Xero, saving it again heals. */
const CUSTOM_REFUSED = "custom_refused";

/** Longer than Xero's token call may take, so that who waits sees its result. */
const LOCK_TIMEOUT = "12s";

/** What failures of keeping a grant alive are kept under. */
const GRANT = "grant";

const underWay = new Map<string, Promise<string>>();

/**
 * An access token that lives for 90 seconds more, or another than `refused`. Refreshes if it must: one at a time over
 * all processes, and a crash at any await leaves a refresh token that Xero still takes. `db` must not be in a
 * transaction. Throws XeroFault: `needs_reconnect` when only a new consent helps, `offline` or `no_answer` to try later.
 */
export async function freshAccessToken(db: Db, grantId: string, refused?: string): Promise<string> {
  const grant = await getGrant(db, grantId);
  const usable = grant && usableToken(grant, refused);
  if (usable) return usable;

  const key = `${grantId} ${refused ?? ""}`;
  if (!grant) throw new XeroFault({ kind: "needs_reconnect" });
  const waiting = underWay.get(key) ?? refresh(db, grant, refused).finally(() => underWay.delete(key));
  underWay.set(key, waiting);
  return waiting;
}

/**
 * Finishes refreshes whose answer was lost, while Xero still takes the old token; refreshes what nobody used; forgets
 * tokens that nothing needs. Every few minutes: a lost answer has 30 to be mended in.
 */
export async function keepAlive(db: Db): Promise<void> {
  await forgetUnusedTokens(db);
  await eachAlone(db, await listGrantsToRefresh(db), {
    kind: GRANT,
    idOf: (grantId) => grantId,
    async work(grantId) {
      const grant = await getGrant(db, grantId);
      await freshAccessToken(db, grantId, grant?.tokens?.accessToken ?? "");
    },
  });
}

async function refresh(db: Db, seen: HeldGrant, refused: string | undefined): Promise<string> {
  try {
    if (seen.kind === "authorization_code") await noteRefreshTry(db, seen);
    return await refreshLocked(db, seen.id, refused);
  } catch (error) {
    if (isLockTimeout(error))
      throw new XeroFault({ kind: "offline" }, new Error("another refresh is under way"));
    throw error;
  }
}

async function refreshLocked(db: Db, grantId: string, refused: string | undefined): Promise<string> {
  const outcome = await db.transaction(async (tx) => {
    await tx.execute(sql.raw(`set local lock_timeout = '${LOCK_TIMEOUT}'`));
    const grant = await lockGrant(tx, grantId);
    if (!grant?.tokens || grant.state !== "active") return { kind: "lost" as const };
    const usable = usableToken(grant, refused);
    if (usable) return { kind: "token" as const, accessToken: usable };

    const app = await credentialsOf(tx, grant.appId);
    const answer = grant.kind === "client_credentials" ? await askOwn(app) : await ask(app, grant);
    if ("tokens" in answer) {
      await saveTokens(tx, grantId, answer.tokens, answer.used);
      return { kind: "token" as const, accessToken: answer.tokens.accessToken };
    }
    const since = await loseGrant(tx, grantId, answer.lost);
    log.error({ grant: grantId, reason: answer.lost }, "xero.grant-lost");
    if (answer.lost === APP_REFUSED) return { kind: "lost" as const, appId: grant.appId };
    await enqueue(tx, grantLost, { grantId, since: since.toISOString() });
    return { kind: "lost" as const };
  });
  if (outcome.kind === "token") return outcome.accessToken;
  if (outcome.appId) await loseApp(db, outcome.appId);
  throw new XeroFault({ kind: "needs_reconnect" });
}

/** What one grant found out holds for all of the app: told once, and Xero is not asked again for each. */
async function loseApp(db: Db, appId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await loseGrantsOf(tx, appId, APP_REFUSED);
    const since = await noteAppRefused(tx, appId);
    await enqueue(tx, appRefused, { appId, since: since.toISOString() });
  });
}

type Asked = { tokens: NewTokens; used: string | null } | { lost: string };

/** A lost answer costs nothing here: the next call asks for another. */
async function askOwn(app: AppCredentials & { scopes: string }): Promise<Asked> {
  try {
    return { tokens: await ownTokens(app, app.scopes), used: null };
  } catch (error) {
    if (!(error instanceof IdentityRefusal)) throw error;
    if (error.code === "invalid_client") return { lost: APP_REFUSED };
    if (error.code === "unauthorized_client" || error.code === "invalid_scope")
      return { lost: CUSTOM_REFUSED };
    throw new XeroFault({ kind: "no_answer" }, error);
  }
}

/** The current refresh token; if Xero no longer takes it, the one before, once, while it may still count. */
async function ask(app: AppCredentials, { tokens, previousRefresh, ...grant }: HeldGrant): Promise<Asked> {
  for (const used of [tokens?.refreshToken, previousRefresh]) {
    if (!used) continue;
    try {
      return { tokens: await refreshTokens(app, used), used };
    } catch (error) {
      if (!(error instanceof IdentityRefusal)) throw error;
      if (error.code === "invalid_client" || error.code === "unauthorized_client")
        return { lost: APP_REFUSED };
      if (error.code !== "invalid_grant") throw new XeroFault({ kind: "no_answer" }, error);
    }
  }
  if (grant.doubted) return { lost: "restored" };
  return { lost: grant.overdue ? "answer_lost" : "invalid_grant" };
}

function usableToken({ tokens, fresh, state }: HeldGrant, refused: string | undefined): string | undefined {
  if (!tokens || state !== "active") return undefined;
  // Refused by Xero, and still ours: whatever its age, it must be replaced. Another one: somebody has done so already.
  const usable = refused === undefined ? fresh : fresh && tokens.accessToken !== refused;
  return usable ? tokens.accessToken : undefined;
}

/** lock_timeout, or the pool's statement_timeout while waiting for the row. */
function isLockTimeout(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && (at.code === "55P03" || at.code === "57014")) return true;
  }
  return false;
}
