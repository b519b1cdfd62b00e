import "server-only";
import { randomUUID } from "node:crypto";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { connectOrganisation, type Tied } from "../consent/connect-organisation.ts";
import { IdentityRefusal } from "../consent/identity-faults.ts";
import { ownTokens } from "../consent/oauth.ts";
import { listXeroConnections, type XeroConnection } from "../consent/xero-connections.ts";
import { forgetUnusedTokens, lockGrantOf, type NewTokens, saveTokens } from "../tokens/grants.ts";
import { checkedScopes, faultAt, notAsked, wrongPair } from "./app-faults.ts";
import { type AppCredentials, credentialsOf, getCustomApp, putApp, removeUnusedCustom } from "./apps.ts";
import type { AppInput } from "./save-app.ts";

type Saved = { organisationName: string; again: boolean };

/**
 * Keeps a firm's own custom connection and ties its one organisation, in one step: Xero gives it a token, and lists what
 * that token is good for. Throws `invalid` with the field at fault, `conflict` when the organisation can't be had,
 * `xero_busy` when Xero can't be asked; then nothing was saved, or what was on file before stays in use.
 */
export async function saveCustomConnection(db: Db, caller: FirmCaller, input: AppInput): Promise<Saved> {
  const { firm, actor } = caller;
  requireAbility(firm, "connect");
  const scopes = checkedScopes(input.scopes, "custom");
  const { clientId } = input;
  const before = await getCustomApp(db, { firmId: firm.firmId, clientId });
  if (!input.clientSecret && !before?.sealedClientSecret)
    throw faultAt("clientSecret", "Enter the client secret that belongs to this client id.");
  const clientSecret =
    input.clientSecret || (before ? (await credentialsOf(db, before.id)).clientSecret : "");
  const { tokens, link } = await probe({ clientId, clientSecret }, scopes);

  const appId = before?.id ?? randomUUID();
  const grantId = await db.transaction(async (tx) => {
    await putApp(tx, {
      appId,
      companyId: firm.companyId,
      firmId: firm.firmId,
      kind: "custom",
      name: "Xero (custom connection)",
      clientId,
      clientSecret: input.clientSecret || undefined,
      webhookKey: input.webhookKey || undefined,
      scopes,
      setBy: actor.userId,
    });
    const { id } = await lockGrantOf(tx, { appId, xeroUserId: null, email: null });
    await saveTokens(tx, id, tokens, null);
    await recordBy(tx, caller, {
      action: "xero-app.saved",
      subject: `xero-app:${appId}`,
      detail: { kind: "custom", clientId, secretReplaced: input.clientSecret !== "", scopes },
    });
    return id;
  });

  let tied: Tied | undefined;
  try {
    tied = await connectOrganisation(db, caller, { grantId, link, accessToken: tokens.accessToken });
  } catch (cause) {
    throw notAsked(cause);
  } finally {
    if (tied?.kind !== "tied") await takeBack(db, { appId, grantId, isNew: before === undefined });
  }
  if (tied.kind === "refused") {
    const message = `${link.name} can't be connected here: it is in use elsewhere on this desk. Nothing was changed.`;
    throw new AppError("conflict", message);
  }
  return { organisationName: link.name, again: tied.again };
}

/** What Xero says of the pair and its scopes, each no at the field it is about. */
async function probe(
  app: AppCredentials,
  scopes: string,
): Promise<{ tokens: NewTokens; link: XeroConnection }> {
  try {
    const tokens = await ownTokens(app, scopes);
    return { tokens, link: onlyOne(await listXeroConnections(tokens.accessToken)) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!(error instanceof IdentityRefusal)) throw notAsked(error);
    if (error.code === "invalid_client") throw wrongPair(app.clientId);
    if (error.code === "unauthorized_client") {
      throw faultAt(
        "clientId",
        "Xero gives this client id no token of its own (unauthorized_client): it is of a web app, which is saved above, or of a custom connection that its organisation has not authorised yet.",
      );
    }
    if (error.code !== "invalid_scope") throw notAsked(error);
    const lacking = await refusedScopes(app, scopes.split(" "));
    throw faultAt(
      "scopes",
      `The custom connection doesn't have ${lacking.join(", ")} (invalid_scope). Tick it on the app's page at Xero, have the organisation authorise it again, then save.`,
    );
  }
}

/** Xero refuses all when it refuses one, and doesn't say which: each is asked alone. */
async function refusedScopes(app: AppCredentials, scopes: string[]): Promise<string[]> {
  const refused: string[] = [];
  for (const scope of scopes) {
    try {
      await ownTokens(app, scope);
    } catch (error) {
      if (!(error instanceof IdentityRefusal && error.code === "invalid_scope")) throw notAsked(error);
      refused.push(scope);
    }
  }
  return refused;
}

function onlyOne(links: XeroConnection[]): XeroConnection {
  const [link, ...others] = links.filter(({ isOrganisation }) => isOrganisation);
  if (link && others.length === 0) return link;
  throw faultAt(
    "clientId",
    link
      ? "Xero lists several organisations for this client id, and a custom connection has one. Nothing was saved."
      : "No organisation has authorised this custom connection. Authorise it by the letter that Xero sent, then save again.",
  );
}

/** Before the organisation was tied there is nothing to keep: a new one goes whole, an old one keeps what is still in use. */
async function takeBack(
  db: Db,
  { appId, grantId, isNew }: { appId: string; grantId: string; isNew: boolean },
): Promise<void> {
  await db.transaction((tx) => (isNew ? removeUnusedCustom(tx, appId) : forgetUnusedTokens(tx, grantId)));
}
