import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { processorAccounts } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { AppError } from "#lib/core/errors.ts";
import { seal, open as unseal } from "#lib/core/vault.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { secretKeyPlace, webhookSecretPlace } from "./open.ts";
import { currentAccount } from "./store.ts";
import {
  type AccountFacts,
  describeAccount,
  registerWebhook,
  removeWebhook,
  renewWebhook,
} from "./stripe/account.ts";
import { ProcessorFault } from "./types.ts";

export type Saved = AccountFacts & { webhook: "registered" | "pasted" | "missing" };

/** Where Stripe sends its events for one account. */
export const webhookUrl = (accountId: string) => `${env().PUBLIC_ORIGIN}/api/stripe/webhook/${accountId}`;

/**
 * Keeps a firm's Stripe key after a test call with it. The same Stripe account with a new key keeps its row; another
 * account gets a new one, and the old row stays for the payments it took. Registers our webhook where Stripe can reach it.
 * Throws AppError naming the field at fault.
 */
export async function saveAccount(
  db: Db,
  caller: FirmCaller,
  { secretKey }: { secretKey: string },
): Promise<Saved> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  const facts = await tested(secretKey);
  const before = await currentAccount(db, firm.firmId);
  const same = before?.accountRef === facts.accountRef ? before : undefined;
  const id = same?.id ?? randomUUID();

  const knownRef = same?.webhookEndpointRef;
  const isKnown = knownRef ? await reachable(() => renewWebhook(secretKey, knownRef)) : false;
  const endpoint = isKnown ? null : await reachable(() => registerWebhook(secretKey, webhookUrl(id)));
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
  };
  await db.transaction(async (tx) => {
    if (same) {
      await tx
        .update(processorAccounts)
        .set({ ...row, setAt: sql`now()`, verifiedAt: sql`now()` })
        .where(eq(processorAccounts.id, id));
    } else {
      await tx
        .update(processorAccounts)
        .set({ endedAt: sql`now()` })
        .where(and(eq(processorAccounts.firmId, firm.firmId), isNull(processorAccounts.endedAt)));
      await tx
        .insert(processorAccounts)
        .values({ id, firmId: firm.firmId, kind: "stripe", verifiedAt: new Date(), ...row });
    }
    await recordBy(tx, caller, {
      action: "processor.saved",
      subject: `processor_account:${id}`,
      detail: { account: facts.accountRef, livemode: facts.livemode },
    });
  });
  if (before && !same && before.webhookEndpointRef) {
    const oldKey = unseal(before.sealedSecretKey, secretKeyPlace(before.id));
    const oldRef = before.webhookEndpointRef;
    await reachable(() => removeWebhook(oldKey, oldRef));
  }
  const webhook = endpoint || isKnown ? "registered" : same?.sealedWebhookSecret ? "pasted" : "missing";
  return { ...facts, webhook };
}

/** Keeps a signing secret that a person pasted, for addresses that Stripe can't register (`stripe listen`). */
export async function saveWebhookSecret(
  db: Db,
  caller: FirmCaller,
  { secret }: { secret: string },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  const account = await currentAccount(db, firm.firmId);
  if (!account) throw new AppError("conflict", "Save the secret key first.", { field: "secretKey" });
  if (!/^whsec_[A-Za-z0-9+/=_-]{16,}$/.test(secret)) {
    throw new AppError("invalid", "A signing secret starts with whsec_.", { field: "webhookSecret" });
  }
  await db.transaction(async (tx) => {
    await tx
      .update(processorAccounts)
      .set({ sealedWebhookSecret: seal(secret, webhookSecretPlace(account.id)) })
      .where(eq(processorAccounts.id, account.id));
    await recordBy(tx, caller, {
      action: "processor.webhook-secret-saved",
      subject: `processor_account:${account.id}`,
    });
  });
}

async function tested(secretKey: string): Promise<AccountFacts> {
  if (/^pk_/.test(secretKey)) {
    throw new AppError("invalid", "That is the publishable key. The secret key starts with sk_ or rk_.", {
      field: "secretKey",
    });
  }
  if (!/^[rs]k_(test|live)_[A-Za-z0-9_]{8,}$/.test(secretKey)) {
    throw new AppError(
      "invalid",
      "A Stripe secret key starts with sk_test_, sk_live_, rk_test_ or rk_live_.",
      { field: "secretKey" },
    );
  }
  if (env().SIMULATOR_URL && /_live_/.test(secretKey)) {
    throw new AppError(
      "invalid",
      "This desk runs against the simulator: use a test key here, never a live one.",
      { field: "secretKey" },
    );
  }
  return reachable(() => describeAccount(secretKey));
}

async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProcessorFault)) throw error;
    if (error.kind === "bad_key") {
      throw new AppError("processor_refused", `Stripe doesn't take this key: ${error.message}`, {
        cause: error,
        field: "secretKey",
      });
    }
    throw new AppError("processor_busy", "Stripe did not answer. Nothing was saved; try again in a minute.", {
      cause: error,
    });
  }
}
