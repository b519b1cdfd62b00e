import "server-only";
import { and, desc, eq, isNull, or, sql } from "drizzle-orm";
import { grants, xeroApps } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { prepared } from "#lib/core/prepared.ts";
import { open, seal } from "#lib/core/vault/vault.ts";

/** What Xero wants from us as an app. Only for the call at hand: never logged, never kept. */
export type AppCredentials = { clientId: string; clientSecret: string };

/** Whose app it is: a company's, shared by its firms, or one firm's own. */
export type AppOwner = { companyId: string; firmId: string | null };

export type AppKind = (typeof xeroApps.$inferSelect)["kind"];

type AppRow = typeof xeroApps.$inferSelect;
type SecretColumn = "sealed_client_secret" | "sealed_webhook_key";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const place = (row: string, column: SecretColumn) => ({ table: "xero_apps", row, column });

/** The app a firm connects through: its own, else its company's. */
export async function appForFirm(
  db: Db,
  firm: { firmId: string; companyId: string },
): Promise<{ appId: string; scopes: string } | undefined> {
  const [app] = await db
    .select({ appId: xeroApps.id, scopes: xeroApps.scopes })
    .from(xeroApps)
    .where(and(eq(xeroApps.kind, "oauth2"), usableBy(firm)))
    .orderBy(sql`${xeroApps.firmId} is null`)
    .limit(1);
  return app;
}

/** All kinds on file that concern this firm, its own first; the retired one among them. */
export async function listAppRows(db: Db, firm: { firmId: string; companyId: string }): Promise<AppRow[]> {
  return db
    .select()
    .from(xeroApps)
    .where(usableBy(firm))
    .orderBy(sql`${xeroApps.firmId} is null`, desc(xeroApps.kind));
}

/** A firm's custom connection by its client id. */
export async function getCustomApp(
  db: Db,
  { firmId, clientId }: { firmId: string; clientId: string },
): Promise<AppRow | undefined> {
  const [row] = await db
    .select()
    .from(xeroApps)
    .where(and(eq(xeroApps.kind, "custom"), eq(xeroApps.firmId, firmId), eq(xeroApps.clientId, clientId)));
  return row;
}

export async function getAppOf(db: Db, owner: AppOwner): Promise<AppRow | undefined> {
  const [row] = await db
    .select()
    .from(xeroApps)
    .where(and(eq(xeroApps.kind, "oauth2"), ownedBy(owner)));
  return row;
}

/** Throws when the app has no secret on file: a retired kind, or a custom connection that was ended. */
export async function credentialsOf(db: Db, appId: string): Promise<AppCredentials & { scopes: string }> {
  const [row] = await db.select().from(xeroApps).where(eq(xeroApps.id, appId));
  if (!row?.sealedClientSecret) throw new Error(`Xero app ${appId} has no client secret`);
  return {
    clientId: row.clientId,
    clientSecret: open(row.sealedClientSecret, place(row.id, "sealed_client_secret")),
    scopes: row.scopes,
  };
}

const webhookKey = prepared("webhook-key", (db) =>
  db
    .select({ id: xeroApps.id, key: xeroApps.sealedWebhookKey })
    .from(xeroApps)
    .where(eq(xeroApps.id, sql.placeholder("appId"))),
);

/** What signs this app's webhooks; undefined for an unknown app or one without a key. */
export async function webhookKeyOf(db: Db, appId: string): Promise<string | undefined> {
  if (!UUID.test(appId)) return undefined;
  const [row] = await webhookKey(db, { appId });
  return row?.key ? open(row.key, place(row.id, "sealed_webhook_key")) : undefined;
}

/** A correctly signed webhook came a moment ago; noted at most once a minute. */
export async function noteWebhookSeen(db: Db, appId: string): Promise<void> {
  const stale = sql`coalesce(${xeroApps.webhookSeenAt} < now() - interval '1 minute', true)`;
  await db
    .update(xeroApps)
    .set({ webhookSeenAt: sql`now()` })
    .where(and(eq(xeroApps.id, appId), stale));
}

/** Writes an app that Xero has just taken. Secrets left undefined stay as they are; null forgets the webhook key. */
export async function putApp(
  tx: Db,
  app: AppOwner & {
    appId: string;
    kind: "oauth2" | "custom";
    name: string;
    clientId: string;
    clientSecret: string | undefined;
    webhookKey: string | null | undefined;
    scopes: string;
    setBy: string;
  },
): Promise<void> {
  const { appId, companyId, firmId, kind, name, clientId, clientSecret, webhookKey, scopes, setBy } = app;
  const facts = {
    name,
    clientId,
    scopes,
    verifiedAt: sql`now()`,
    refusedSince: null,
    // "Set on … by …" is said of the secret, so it stays when the secret does.
    ...(clientSecret === undefined
      ? {}
      : {
          sealedClientSecret: seal(clientSecret, place(appId, "sealed_client_secret")),
          setBy,
          setAt: sql`now()`,
        }),
    ...(webhookKey === undefined
      ? {}
      : { sealedWebhookKey: webhookKey && seal(webhookKey, place(appId, "sealed_webhook_key")) }),
  };
  await tx
    .insert(xeroApps)
    .values({ id: appId, companyId, firmId, kind, ...facts })
    .onConflictDoUpdate({ target: xeroApps.id, set: facts });
}

/** With its secret a custom connection could be used again at any time, so it goes when the connection ends. */
export async function forgetCustomSecret(tx: Db, appId: string): Promise<void> {
  await tx
    .update(xeroApps)
    .set({ sealedClientSecret: null, sealedWebhookKey: null, verifiedAt: null })
    .where(and(eq(xeroApps.id, appId), eq(xeroApps.kind, "custom")));
}

/** Takes back a custom connection that came to nothing, with its grant: neither was ever in use. */
export async function removeUnusedCustom(tx: Db, appId: string): Promise<void> {
  await tx.delete(grants).where(eq(grants.appId, appId));
  await tx.delete(xeroApps).where(and(eq(xeroApps.id, appId), eq(xeroApps.kind, "custom")));
}

function usableBy({ firmId, companyId }: { firmId: string; companyId: string }) {
  return or(eq(xeroApps.firmId, firmId), and(eq(xeroApps.companyId, companyId), isNull(xeroApps.firmId)));
}

function ownedBy({ companyId, firmId }: AppOwner) {
  return and(
    eq(xeroApps.companyId, companyId),
    firmId ? eq(xeroApps.firmId, firmId) : isNull(xeroApps.firmId),
  );
}

/** Xero no longer takes the app's id and secret: since when, however many calls find it out. */
export async function noteAppRefused(tx: Db, appId: string): Promise<Date> {
  const [row] = await tx
    .update(xeroApps)
    .set({ refusedSince: sql`coalesce(${xeroApps.refusedSince}, now())` })
    .where(eq(xeroApps.id, appId))
    .returning({ since: xeroApps.refusedSince });
  return row?.since ?? new Date();
}
