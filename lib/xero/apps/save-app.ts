import "server-only";
import { randomUUID } from "node:crypto";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { probeCredentials } from "../consent/oauth.ts";
import { grantLost } from "../jobs.ts";
import { loseGrantsOf, reviveGrantsOf } from "../tokens/grants.ts";
import { APP_REFUSED } from "../tokens/refresh.ts";
import { checkedScopes, faultAt, notAsked, wrongPair } from "./app-faults.ts";
import { type AppOwner, credentialsOf, getAppOf, putApp } from "./apps.ts";

export type AppInput = {
  clientId: string;
  /** Empty keeps the one on file. */
  clientSecret: string;
  /** Empty keeps the one on file. */
  webhookKey: string;
  scopes: string;
};

type Saved = { clientIdChanged: boolean; scopesChanged: boolean };

/**
 * Keeps a Xero app after Xero itself has taken its client id and secret. Throws `invalid` with the field at fault and
 * what to do about it, `xero_busy` when Xero can't be asked; then nothing was saved. `whose`: the firm's own app, or
 * the company's, which all its firms share.
 */
export async function saveXeroApp(
  db: Db,
  { actor, firm, ip }: FirmCaller,
  { whose, input }: { whose: "firm" | "company"; input: AppInput },
): Promise<Saved> {
  requireAbility(firm, whose === "firm" ? "connect" : "company");
  const owner: AppOwner = { companyId: firm.companyId, firmId: whose === "firm" ? firm.firmId : null };
  const scopes = checkedScopes(input.scopes, "oauth2");
  const before = await getAppOf(db, owner);
  const clientIdChanged = before !== undefined && before.clientId !== input.clientId;
  const mayKeepSecret = before?.sealedClientSecret && !clientIdChanged;
  if (!input.clientSecret && !mayKeepSecret) {
    throw faultAt("clientSecret", "Enter the client secret that belongs to this client id.");
  }
  const clientSecret =
    input.clientSecret || (before ? (await credentialsOf(db, before.id)).clientSecret : "");
  await probe({ clientId: input.clientId, clientSecret });

  const appId = before?.id ?? randomUUID();
  await db.transaction(async (tx) => {
    await putApp(tx, {
      ...owner,
      appId,
      kind: "oauth2",
      name: "Xero (OAuth 2.0)",
      clientId: input.clientId,
      clientSecret: input.clientSecret || undefined,
      webhookKey: input.webhookKey || (clientIdChanged ? null : undefined),
      scopes,
      setBy: actor.userId,
    });
    await reviveGrantsOf(tx, appId, APP_REFUSED);
    if (clientIdChanged) {
      const lost = await loseGrantsOf(tx, appId, "app_changed");
      for (const { grantId, since } of lost)
        await enqueue(tx, grantLost, { grantId, since: since.toISOString() });
    }
    await record(tx, {
      firmId: owner.firmId,
      actor: `user:${actor.userId}`,
      action: "xero-app.saved",
      subject: `xero-app:${appId}`,
      detail: {
        clientId: input.clientId,
        secretReplaced: input.clientSecret !== "",
        webhookKeyReplaced: input.webhookKey !== "",
        scopes,
      },
      ip,
    });
  });
  return { clientIdChanged, scopesChanged: before !== undefined && before.scopes !== scopes };
}

async function probe(app: { clientId: string; clientSecret: string }): Promise<void> {
  let verdict: Awaited<ReturnType<typeof probeCredentials>>;
  try {
    verdict = await probeCredentials(app);
  } catch (cause) {
    throw notAsked(cause);
  }
  if (verdict === "right") return;
  if (verdict === "wrong") throw wrongPair(app.clientId);
  throw faultAt(
    "clientId",
    "This client id is of a custom connection: Xero gave it a token without anybody's consent. Save it under Custom connection, or use the id of an app of the type “Web app”.",
  );
}
