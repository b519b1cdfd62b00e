import type { Concern } from "#lib/core/failures/each-alone.ts";
import type { Worded } from "#lib/core/failures/reason.ts";

/** How money moves, whoever moves it. Amounts in hundredths (`Money`), however the processor counts them. */

/** Whose a payment is and what it pays: kept with it at the processor, so that a desk that lost its records finds back. */
export type Claim = {
  /** Our attempt's id: the idempotency key, and how the processor's object points back to us. */
  attemptId: string;
  firmId: string;
  connectionId: string;
  checkoutId: string;
  lines: { invoiceId: string; amountMinor: bigint }[];
};

export type SessionRequest = Omit<Claim, "lines"> & {
  currency: string;
  lines: { invoiceId: string; label: string; amountMinor: bigint }[];
  payerEmail: string;
  merchantName: string;
  returnUrl: string;
  cancelUrl: string;
  expiresAt: Date;
};

/** What the processor says of a session now. */
export type SessionState =
  | { state: "open"; sessionRef: string; url: string }
  /** A card's money is reserved, and neither taken nor let go yet. */
  | { state: "authorised"; sessionRef: string; objectRef: string }
  /** A bank debit is under way: it will be paid or closed, days from now. */
  | { state: "submitted"; sessionRef: string }
  | {
      state: "paid";
      sessionRef: string;
      attemptId: string | null;
      /** The payment object that the money belongs to (Stripe: pi_…): one capture each. */
      objectRef: string;
      amountMinor: bigint;
      currency: string;
      /** "Visa ending 4242", or null. */
      method: string | null;
      paidAt: Date;
    }
  | { state: "closed"; sessionRef: string; reason: string }
  /** The account has no such session: it was opened in its other mode, or in another account. */
  | { state: "unknown"; sessionRef: string };

/** Money that goes back, as the processor has it. */
export type RefundState = {
  refundRef: string;
  /** The payment that it takes from; null for money that no payment object of ours brought. */
  objectRef: string | null;
  /** Our refund's id, when it was asked for here. */
  refundId: string | null;
  amountMinor: bigint;
  currency: string;
  state: "pending" | "succeeded" | "failed";
  createdAt: Date;
};

/**
 * Where a dispute stands. inquiry: the payer's bank only asks · open: it has taken the payment back for now · appeal: what
 * was decided is decided anew · …_answered: evidence is with the bank · won_unpaid: won, and the money is still to come ·
 * prevented: settled with the payer before it became a dispute.
 */
export type DisputeStage =
  | "inquiry"
  | "inquiry_answered"
  | "inquiry_closed"
  | "open"
  | "answered"
  | "appeal"
  | "appeal_answered"
  | "won_unpaid"
  | "won"
  | "lost"
  | "prevented";

/** What a payer's bank has against a payment, as the processor has it. */
export type DisputeState = {
  disputeRef: string;
  /** Null for money that no payment object of ours brought. */
  objectRef: string | null;
  amountMinor: bigint;
  currency: string;
  state: DisputeStage;
  /** What has left the balance by it and not come back so far, in the payment's currency: never less than nothing. */
  withdrawnMinor: bigint;
  reason: string;
  dueBy: Date | null;
  createdAt: Date;
};

/** A payment of the account's, whoever began it: `done` when no money moves by it (any more). */
export type PaymentState = {
  objectRef: string;
  attemptId: string | null;
  state: "paid" | "authorised" | "submitted" | "done";
  /** What has arrived. */
  amountMinor: bigint;
  currency: string;
};

/** The session that a payment belongs to, with what it carries of ours. */
export type FoundSession = {
  session: SessionState;
  claim: Claim | null;
  payer: { name: string | null; email: string | null };
  createdAt: Date;
  expiresAt: Date;
};

/** A page of what was made since then, newest first; `after` is the last one of the page before. */
export type PageSince = { since: Date; after: string | null };

/** `after` is null on the last page. */
export type Listed<T> = {
  rows: T[];
  /** What of the page is not one that this desk knows, by the processor's id: each is its own failure. */
  unread: { ref: string; error: ProcessorFault }[];
  after: string | null;
};

/** Money between the processor and the bank, as the processor has it. */
export type PayoutState = {
  payoutRef: string;
  state: "moving" | "paid" | "failed";
  isAutomatic: boolean;
  /** False while the processor still works out what is in it. */
  isListed: boolean;
  currency: string;
  /** Negative for money that is taken from the bank. */
  amountMinor: bigint;
  createdAt: Date;
  /** The bank's day, "2026-11-21". */
  arrivesOn: string;
};

/** One movement of what an account has at the processor, in the account's own currency; gross less fee is what it came to. */
export type BalanceEntry = {
  entryRef: string;
  kind: "charge" | "refund" | "dispute" | "fee" | "tax" | "payout" | "payout_back" | "reserve" | "adjustment";
  /** The refund, the dispute or the payout that it is about. */
  sourceRef: string | null;
  /** The payment that it belongs to, as a capture names it. */
  objectRef: string | null;
  currency: string;
  grossMinor: bigint;
  feeMinor: bigint;
  /** So much of the fee carries tax, that tax included. */
  taxedFeeMinor: bigint;
  createdAt: Date;
};

export type RefundRequest = { refundId: string; objectRef: string; amountMinor: bigint; currency: string };

export type Opened = { sessionRef: string; url: string };

export type Processor = {
  /** The same attempt asked twice gives the same session. */
  createSession(request: SessionRequest): Promise<Opened>;
  readSession(sessionRef: string): Promise<SessionState>;
  /** Ends an open session so that it can never be paid; says what it was if it no longer was open. */
  expireSession(sessionRef: string): Promise<SessionState>;
  /** Takes the money that a payment has reserved. Does nothing to one that waits for no word any more: read what it is. */
  capture(objectRef: string): Promise<void>;
  /** Lets the reserved money go, in the same way. */
  release(objectRef: string): Promise<void>;
  /** The same refund asked twice within a day gives the same one; later, look first. */
  createRefund(request: RefundRequest): Promise<RefundState>;
  readRefund(refundRef: string): Promise<RefundState>;
  /** Of one payment, newest first; without those that this desk can't read, which are none of its own. */
  listRefunds(which: { objectRef: string }): Promise<RefundState[]>;
  readDispute(disputeRef: string): Promise<DisputeState>;
  paymentsSince(page: PageSince): Promise<Listed<PaymentState>>;
  refundsSince(page: PageSince): Promise<Listed<RefundState>>;
  disputesSince(page: PageSince): Promise<Listed<DisputeState>>;
  readPayment(objectRef: string): Promise<PaymentState>;
  /** Null for a payment that was made without a session. */
  findSession(objectRef: string): Promise<FoundSession | null>;
  readPayout(payoutRef: string): Promise<PayoutState>;
  /** Made since an instant, newest first. */
  listPayouts(since: Date): Promise<PayoutState[]>;
  /** Of one automatic payout that is listed, its own line left out; or all of a span of time. */
  listEntries(which: { payoutRef: string } | { since: Date; until: Date }): Promise<BalanceEntry[]>;
};

/**
 * `refused`: it looked and said no, nothing happened. `bad_key`: it does not take the key. `forbidden`: the key may not do this.
 * `no_answer`: it may have happened. `unclear`: it answered, and we don't know what that means.
 */
export type FaultKind = "refused" | "bad_key" | "forbidden" | "no_answer" | "unclear";

export class ProcessorFault extends Error implements Worded {
  override readonly name = "ProcessorFault";
  get inWords(): string {
    return faultInWords(this);
  }
  readonly kind: FaultKind;
  /** The processor's own name for it (Stripe: "resource_missing"), where it gives one. */
  readonly code: string | null;
  constructor(kind: FaultKind, message: string, code: string | null = null) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

function faultInWords({ kind, message, code }: ProcessorFault): string {
  const named = code ? ` (${code})` : "";
  switch (kind) {
    case "no_answer":
      return "Stripe can't be reached at the moment. It is asked again.";
    case "bad_key":
      return `Stripe doesn't take the key: ${message}${named}`;
    case "forbidden":
      return `The Stripe key lacks a permission: ${message}${named}`;
    case "unclear":
      return `Stripe's answer is not one that this desk knows: ${message}`;
    case "refused":
      return `Stripe says: ${message}${named}`;
  }
}

/** Whether it is of use to ask the processor about anything else now. */
export function concernOf(error: unknown): Concern {
  if (!(error instanceof ProcessorFault)) return "item";
  if (error.kind === "bad_key") return "all";
  return error.kind === "no_answer" ? "perhaps all" : "item";
}

/** The processor knows no such thing: asking again is of no use. */
export function isOfNothing(error: unknown): boolean {
  return error instanceof ProcessorFault && error.code === "resource_missing";
}
