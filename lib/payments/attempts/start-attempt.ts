import { record } from "#lib/audit/record.ts";
import { type Db, violates } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { openProcessor } from "#lib/processor/open.ts";
import { refreshIfReachable } from "#lib/processor/refresh-account.ts";
import { ProcessorFault } from "#lib/processor/types.ts";
import { listOpenHolds } from "../open-holds.ts";
import { type Attempt, getAttempt, insertAttempt, insertHolds, listHolds, openAttempt } from "../store.ts";
import { liveAttemptOf } from "./checkout-attempts.ts";
import { closeUnopened } from "./close-attempt.ts";
import { isOwed } from "./is-owed.ts";
import { REFUSED } from "./read-refused-attempts.ts";
import { cancelAttempt } from "./settle-attempt.ts";

export type Order = {
  firmId: string;
  connectionId: string;
  checkoutId: string;
  processorAccountId: string;
  currency: string;
  /** `owedMinor`: what was owed of each when the payer agreed to the amount. */
  lines: { invoiceId: string; number: string; amountMinor: bigint; owedMinor: bigint }[];
  payer: AttemptPayer;
  merchantName: string;
  returnUrl: string;
  cancelUrl: string;
};

/** Who pays and what they accepted, kept with the attempt as they said it. */
export type AttemptPayer = {
  payerName: string;
  payerEmail: string;
  termsVersionId: string;
  termsAcceptedAt: Date;
  ip: string | null;
  userAgent: string | null;
};

/** What a payer has agreed to. */
export type Agreed = Pick<
  Order,
  "firmId" | "connectionId" | "checkoutId" | "processorAccountId" | "currency" | "lines" | "payer"
>;

export type Started =
  | { kind: "pay"; url: string }
  /** A bank debit for this checkout is under way already. */
  | { kind: "submitted" }
  /** What is owed is not what the payer agreed to. Nothing was held. */
  | { kind: "changed" }
  /** Another attempt holds one of these invoices: `attemptIds` say whose. */
  | { kind: "busy"; attemptIds: string[] }
  /** The processor could not be reached; no money can have moved. */
  | { kind: "processor_down" }
  /** The processor said no, and would again. No money moved; the attempt keeps its words. */
  | { kind: "refused" };

/**
 * Stripe lets a session end "anywhere from 30 minutes to 24 hours after Checkout Session creation" by its own clock
 * (stripe-node 23.1.0, SessionCreateParams.expires_at): ours may be a quarter of an hour behind it, or hours ahead.
 */
const SESSION_MINUTES = 45;

/**
 * A payer commits: takes the holds, then opens a session at the processor. In that order, so that no session exists
 * that a hold does not cover. Asked again for the same checkout it gives the same session, while that still charges what
 * is owed; else it ends that one first.
 */
export async function startAttempt(db: Db, order: Order): Promise<Started> {
  const live = await liveAttemptOf(db, order.checkoutId);
  if (live?.state === "submitted") return { kind: "submitted" };
  if (live && (await holdsStill(db, order, live))) return openSession(db, order, live);
  if (live) {
    const refusal = await giveUp(db, live);
    if (refusal) return refusal;
  }
  const attempt = await hold(db, order);
  if ("kind" in attempt) return attempt;
  return openSession(db, order, attempt);
}

/** Whether asking again gives the session that is open: nothing that we know of has changed since. */
export async function isStillOpen(db: Db, order: Agreed): Promise<boolean> {
  const live = await liveAttemptOf(db, order.checkoutId);
  return live?.state === "open" && live.sessionUrl !== null && (await holdsStill(db, order, live));
}

/** Whether an earlier press of the button would charge the same payer what is agreed and owed now, by the account that takes payments now. */
async function holdsStill(db: Db, order: Agreed, live: Attempt): Promise<boolean> {
  const { payer } = order;
  if (live.payerName !== payer.payerName || live.payerEmail !== payer.payerEmail) return false;
  if (live.processorAccountId !== order.processorAccountId) return false;
  const held = new Map((await listHolds(db, live.id)).map((row) => [row.invoiceId, row.amountMinor]));
  const same =
    held.size === order.lines.length &&
    order.lines.every((line) => held.get(line.invoiceId) === line.amountMinor);
  return same && (await isOwed(db, order));
}

/** Null once the earlier attempt is out of the way; if it was paid in the meantime, its money has changed what is owed. */
async function giveUp(db: Db, live: Attempt): Promise<Started | null> {
  try {
    const ended = await cancelAttempt(db, live.id);
    if (ended === "captured") return { kind: "changed" };
    return ended === "closed" ? null : { kind: "busy", attemptIds: [live.id] };
  } catch (error) {
    if (!(error instanceof ProcessorFault)) throw error;
    return { kind: "processor_down" };
  }
}

async function hold(db: Db, order: Order): Promise<Attempt | Exclude<Started, { kind: "pay" }>> {
  const { firmId, connectionId, checkoutId, processorAccountId, currency, lines } = order;
  const invoiceIds = lines.map((line) => line.invoiceId);
  try {
    return await db.transaction(async (tx) => {
      const expiresAt = new Date(Date.now() + SESSION_MINUTES * 60_000);
      const amountMinor = sumOf(lines.map((line) => line.amountMinor));
      const made = await insertAttempt(tx, {
        firmId,
        connectionId,
        checkoutId,
        processorAccountId,
        currency,
        amountMinor,
        expiresAt,
        ...order.payer,
      });
      await insertHolds(tx, made, lines);
      // With the holds ours, nothing new can be on its way.
      if (!(await isOwed(tx, order))) throw new Changed();
      await record(tx, {
        firmId,
        actor: "payer",
        action: "payment.held",
        subject: `attempt:${made.id}`,
        detail: {
          checkoutId,
          currency,
          lines: lines.map((line) => `${line.invoiceId}=${line.amountMinor}`).join(" "),
        },
      });
      return made;
    });
  } catch (error) {
    if (error instanceof Changed) return { kind: "changed" };
    if (violates(error, "holds_one_open")) {
      const held = await listOpenHolds(db, connectionId, invoiceIds);
      return { kind: "busy", attemptIds: [...new Set(held.map((row) => row.attemptId))] };
    }
    // Two presses of the same button: the other one made this checkout's attempt.
    if (violates(error, "attempts_live")) {
      const live = await liveAttemptOf(db, checkoutId);
      return live ?? { kind: "busy", attemptIds: [] };
    }
    throw error;
  }
}

/** Leaves the transaction without a trace. */
class Changed extends Error {}

async function openSession(db: Db, order: Order, attempt: Attempt): Promise<Started> {
  if (attempt.state === "open" && attempt.sessionUrl) return { kind: "pay", url: attempt.sessionUrl };
  try {
    const processor = await openProcessor(db, attempt.processorAccountId);
    const { sessionRef, url } = await processor.createSession({
      attemptId: attempt.id,
      firmId: order.firmId,
      connectionId: order.connectionId,
      checkoutId: order.checkoutId,
      currency: order.currency,
      lines: order.lines.map(({ invoiceId, number, amountMinor }) => ({
        invoiceId,
        label: `Invoice ${number}`,
        amountMinor,
      })),
      payerEmail: order.payer.payerEmail,
      merchantName: order.merchantName,
      returnUrl: order.returnUrl,
      cancelUrl: order.cancelUrl,
      expiresAt: attempt.expiresAt,
    });
    if (await openAttempt(db, attempt.id, { sessionRef, sessionUrl: url })) return { kind: "pay", url };
    await processor.expireSession(sessionRef);
    return { kind: "processor_down" };
  } catch (error) {
    if (!(error instanceof ProcessorFault)) throw error;
    const { kind: fault, code, inWords } = error;
    log.warn({ attempt: attempt.id, fault, code, words: inWords }, "payment.session-not-opened");
    // No answer: there may be a session, but nobody has its address; the poller ends it.
    if (fault === "no_answer") return { kind: "processor_down" };
    if (await closeUnopened(db, attempt.id, refusalOf(error))) {
      // If it is the account that takes no payments, the next payer is told before they press Pay.
      await refreshIfReachable(db, attempt.processorAccountId);
      return { kind: "refused" };
    }
    // Another press of the same button got there first, and its payer may be paying.
    const opened = await getAttempt(db, attempt.id);
    return opened?.state === "open" && opened.sessionUrl
      ? { kind: "pay", url: opened.sessionUrl }
      : { kind: "changed" };
  }
}

/** Stripe's code and words, as the attempt's row and the timeline keep them. */
function refusalOf({ code, message }: ProcessorFault): string {
  return `${REFUSED}${code ? `${code}: ` : ""}${message}`.slice(0, 500);
}
