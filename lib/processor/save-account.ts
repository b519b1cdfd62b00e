import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { processorAccounts } from "#db/schema/processor.ts";
import { type Db, violates } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { AppError } from "#lib/core/errors.ts";
import { seal } from "#lib/core/vault/vault.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { secretKeyPlace, webhookSecretPlace } from "./open.ts";
import { isShared } from "./shared.ts";
import { findAccount, getAccount, type ProcessorAccount } from "./store.ts";
import { type AccountFacts, registerWebhook, renewWebhook } from "./stripe/account.ts";
import { reachable, tryKey } from "./try-key.ts";

export type Saved = AccountFacts & {
  webhook: "registered" | "pasted" | "missing";
  /** Another firm of this desk uses the same account: payouts that hold payments of both wait for a person. */
  isShared: boolean;
};

/** Where Stripe sends its events for one account. */
export const webhookUrl = (accountId: string) => `${env().PUBLIC_ORIGIN}/api/stripe/webhook/${accountId}`;

/**
 * Keeps a firm's Stripe key after a test call with it, and takes new payments by it from now on. Each mode of an account
 * has one row of the firm's: a key of one that it had before comes back to its row. The row of the account that took
 * payments until now stays, with its key and its events, for what it has begun. Registers our webhook where Stripe can
 * reach it. Throws AppError naming the field at fault.
 */
export async function saveAccount(
  db: Db,
  caller: FirmCaller,
  { secretKey }: { secretKey: string },
): Promise<Saved> {
  const { firmId } = caller.firm;
  requireAbility(caller.firm, "settings");
  const facts = await tryKey(secretKey);
  const known = await findAccount(db, { firmId, ...facts });
  const kept = await prepare(caller, { facts, secretKey, known });
  try {
    await db.transaction(async (tx) => {
      await tx
        .update(processorAccounts)
        .set({ endedAt: sql`now()` })
        .where(
          and(
            eq(processorAccounts.firmId, firmId),
            isNull(processorAccounts.endedAt),
            ne(processorAccounts.id, kept.id),
          ),
        );
      if (known?.endedAt) await change(tx, kept, { endedAt: null, testAllowedAt: null });
      else if (known) await change(tx, kept, {});
      else
        await tx
          .insert(processorAccounts)
          .values({ id: kept.id, firmId, kind: "stripe", verifiedAt: new Date(), ...kept.row });
      await note(tx, caller, "processor.saved", kept);
    });
  } catch (error) {
    if (!violates(error, "processor_accounts_ref") && !violates(error, "processor_accounts_current"))
      throw error;
    throw new AppError("conflict", "Somebody else saved a key at this moment. Reload the page.", {
      cause: error,
    });
  }
  return { ...facts, webhook: kept.webhook, isShared: await isShared(db, kept.id) };
}

/**
 * Keeps a new key of an account that takes no new payments, for what it has begun. Throws AppError naming the field for a
 * key of another account, or of its other mode.
 */
export async function renewKey(
  db: Db,
  caller: FirmCaller,
  { accountId, secretKey }: { accountId: string; secretKey: string },
): Promise<AccountFacts> {
  requireAbility(caller.firm, "settings");
  const known = await getAccount(db, accountId);
  if (known?.firmId !== caller.firm.firmId) throw new AppError("not_found", "There is no such account.");
  const facts = await tryKey(secretKey);
  if (facts.accountRef !== known.accountRef || facts.livemode !== known.livemode) {
    const mode = (live: boolean) => (live ? "live mode" : "test mode");
    throw new AppError(
      "invalid",
      `That key opens ${facts.displayName} in ${mode(facts.livemode)}. This is ${known.displayName} in ${mode(known.livemode)}.`,
      { field: "secretKey" },
    );
  }
  const kept = await prepare(caller, { facts, secretKey, known });
  await db.transaction(async (tx) => {
    await change(tx, kept, {});
    await note(tx, caller, "processor.key-renewed", kept);
  });
  return facts;
}

type Given = { facts: AccountFacts; secretKey: string; known: ProcessorAccount | undefined };
type Kept = Awaited<ReturnType<typeof prepare>>;

/** What is kept of a key and of our webhook, which is registered anew where Stripe does not know it any more. */
async function prepare(caller: FirmCaller, { facts, secretKey, known }: Given) {
  const id = known?.id ?? randomUUID();
  const knownRef = known?.webhookEndpointRef;
  const isKnown = knownRef ? await reachable(() => renewWebhook(secretKey, knownRef)) : false;
  const endpoint = isKnown ? null : await reachable(() => registerWebhook(secretKey, webhookUrl(id)));
  const webhook: Saved["webhook"] =
    endpoint || isKnown ? "registered" : known?.sealedWebhookSecret ? "pasted" : "missing";
  const row = {
    ...facts,
    sealedSecretKey: seal(secretKey, secretKeyPlace(id)),
    keyHint: `${secretKey.slice(0, 8)}…${secretKey.slice(-4)}`,
    setBy: caller.actor.userId,
    ...(endpoint
      ? {
          sealedWebhookSecret: seal(endpoint.secret, webhookSecretPlace(id)),
          webhookEndpointRef: endpoint.endpointRef,
        }
      : {}),
    // Nothing is sent to one that Stripe has forgotten.
    ...(knownRef && webhook !== "registered" ? { webhookEndpointRef: null } : {}),
  };
  return { id, row, webhook };
}

async function change(
  tx: Db,
  { id, row }: Kept,
  also: { endedAt?: null; testAllowedAt?: null },
): Promise<void> {
  await tx
    .update(processorAccounts)
    .set({
      ...row,
      ...also,
      setAt: sql`now()`,
      verifiedAt: sql`now()`,
      keyRefusedSince: null,
      keyRefusal: null,
    })
    .where(eq(processorAccounts.id, id));
}

async function note(tx: Db, caller: FirmCaller, action: string, { id, row }: Kept): Promise<void> {
  await recordBy(tx, caller, {
    action,
    subject: `processor_account:${id}`,
    detail: { account: row.accountRef, livemode: row.livemode },
  });
}
