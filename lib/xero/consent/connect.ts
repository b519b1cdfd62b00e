import "server-only";
import { randomPKCECodeVerifier } from "openid-client";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { newToken } from "#lib/core/ids.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import type { Actor } from "#lib/people/actor.ts";
import { appForFirm, credentialsOf } from "../apps/apps.ts";
import { requireLive } from "../organisations/connections.ts";
import { insertFlow, nonceOf } from "./flows.ts";
import { authorizationUrl } from "./oauth.ts";

/**
 * One click on Connect: a flow of its own, and the address at Xero to send the browser to. `connectionId` renews that
 * connection; without it one more organisation is added. Throws `conflict` while there is no Xero app to connect through,
 * `not_found` when the connection is not this firm's, or over.
 */
export async function startConnect(
  db: Db,
  { actor, firm }: { actor: Actor; firm: FirmContext },
  connectionId?: string,
): Promise<URL> {
  requireAbility(firm, "connect");
  if (connectionId) await requireLive(db, firm, connectionId);
  const app = await appForFirm(db, firm);
  if (!app) throw new AppError("conflict", "First save the Xero app that this firm connects through.");
  const verifier = randomPKCECodeVerifier();
  const secrets = { state: newToken(), verifier, nonce: nonceOf(verifier) };
  const { userId, sessionId } = actor;
  await insertFlow(db, {
    userId,
    sessionId,
    firmId: firm.firmId,
    appId: app.appId,
    connectionId: connectionId ?? null,
    secrets,
  });
  const { clientId } = await credentialsOf(db, app.appId);
  return authorizationUrl({ clientId, scopes: app.scopes }, secrets);
}
