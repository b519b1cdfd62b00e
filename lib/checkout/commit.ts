import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { hashOf } from "#lib/core/ids.ts";
import { cancelAttempts } from "#lib/payments/attempts/cancel-attempts.ts";
import { checkoutOf } from "#lib/payments/attempts/checkout-attempts.ts";
import { startAttempt } from "#lib/payments/attempts/start-attempt.ts";
import { payAccount } from "#lib/processor/read.ts";
import { mayTakeFor } from "#lib/processor/test-mode.ts";
import { isConfirmed } from "./confirm.ts";
import type { Details } from "./details.ts";
import { type CheckoutPage, unpayable } from "./read.ts";
import { changeCheckout, getCheckout } from "./store.ts";

export type Committed =
  | { kind: "pay"; url: string }
  | { kind: "receipt" }
  | { kind: "changed" }
  | { kind: "terms_changed" }
  | { kind: "busy" }
  /** Xero or the processor can't be reached: in a few minutes it may do. */
  | { kind: "not_now" }
  /** The firm takes no online payments: its own set-up, or the processor, stands in the way. */
  | { kind: "not_set_up" }
  /** These amounts can't be charged; the checkout's page says why. */
  | { kind: "unpayable" }
  /** The processor said no to this payment. No money moved, and trying again changes nothing. */
  | { kind: "refused" };

export type Payer = {
  details: Details;
  ip: string | null;
  userAgent: string | null;
  /** Token hashes of checkouts that this browser made: it may give up its own earlier attempts. */
  ownTokenHashes: string[];
  /** This checkout's own address, without a trailing slash. */
  address: string;
};

/** The payer accepts the terms and presses Pay: all is checked once more, held, and the processor's page opened. */
export async function commitCheckout(db: Db, page: CheckoutPage, payer: Payer): Promise<Committed> {
  const { firm, books, checkout, lines } = page;
  if (page.captureId || page.submittedAt) return { kind: "receipt" };
  if (payer.details.version !== firm.terms.id) return { kind: "terms_changed" };
  await accept(db, page, payer);
  if (unpayable(page)) return { kind: "unpayable" };

  const account = await payAccount(db, firm.firmId);
  if (!account || !books.clearingAccountId || !mayTakeFor(account, books)) return { kind: "not_set_up" };
  if (!books.usable) return { kind: "not_now" };

  const order = {
    firmId: firm.firmId,
    connectionId: checkout.connectionId,
    checkoutId: checkout.id,
    processorAccountId: account.id,
    currency: checkout.currency,
    lines,
    payer: {
      payerName: payer.details.name,
      payerEmail: payer.details.email,
      termsVersionId: firm.terms.id,
      termsAcceptedAt: new Date(),
      ip: payer.ip,
      userAgent: payer.userAgent,
    },
    merchantName: firm.name,
    returnUrl: `${env().PUBLIC_ORIGIN}${payer.address}/return`,
    cancelUrl: `${env().PUBLIC_ORIGIN}${payer.address}/cancelled`,
  };
  if (!(await isConfirmed(db, { agreed: order, contactId: checkout.contactId, ip: payer.ip })))
    return { kind: "not_now" };
  const started = await startAttempt(db, order);
  if (started.kind === "busy" && (await gaveUpOwn(db, started.attemptIds, payer.ownTokenHashes))) {
    return answer(await startAttempt(db, order));
  }
  return answer(started);
}

/** Keeps what was typed, and that they accepted the terms under which the button stood: the words by their hash. */
async function accept(db: Db, { firm, checkout }: CheckoutPage, payer: Payer): Promise<void> {
  const { details, ip } = payer;
  await db.transaction(async (tx) => {
    await changeCheckout(tx, checkout.id, { payerName: details.name, payerEmail: details.email });
    await record(tx, {
      firmId: firm.firmId,
      actor: "payer",
      action: "terms.accepted",
      subject: `checkout:${checkout.id}`,
      detail: { version: firm.terms.version, sha256: hashOf(firm.terms.body) },
      ip,
    });
  });
}

function answer(started: Awaited<ReturnType<typeof startAttempt>>): Committed {
  switch (started.kind) {
    case "pay":
      return started;
    case "submitted":
      return { kind: "receipt" };
    case "changed":
      return { kind: "changed" };
    case "busy":
      return { kind: "busy" };
    case "processor_down":
      return { kind: "not_now" };
    case "refused":
      return { kind: "refused" };
  }
}

/** True when every attempt in the way was this browser's own and has been given up, or paid in the meantime. */
async function gaveUpOwn(db: Db, attemptIds: string[], ownTokenHashes: string[]): Promise<boolean> {
  for (const id of attemptIds) {
    const checkoutId = await checkoutOf(db, id);
    const checkout = checkoutId && (await getCheckout(db, checkoutId));
    if (!checkout || !ownTokenHashes.includes(checkout.tokenHash)) return false;
  }
  return attemptIds.length > 0 && ["free", "paid"].includes(await cancelAttempts(db, attemptIds));
}
