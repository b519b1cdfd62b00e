import type { Db } from "#lib/core/db.ts";
import type { Late, Unfinished } from "#lib/core/failures/unfinished.ts";
import { unfinishedLetters } from "#lib/mail/unfinished.ts";
import { unfinishedDeliveries } from "#lib/mirror/unfinished.ts";
import {
  holdsLeft,
  unfinishedAttempts,
  unfinishedDebits,
  unfinishedRefunds,
  unfinishedTelling,
} from "#lib/payments/unfinished.ts";
import { payoutsUnderWay, uncheckedClearing, untoldPayouts } from "#lib/payouts/unfinished.ts";
import { unfinishedPostings } from "#lib/posting/unfinished.ts";
import { refusedKeys, unfinishedEvents } from "#lib/processor/unfinished.ts";
import { uncompared } from "#lib/reconcile/unfinished.ts";
import { lostConnections } from "#lib/xero/organisations/unfinished.ts";

export type Kind = {
  /** After so long it does not end by itself, and a person should know. */
  minutes: number;
  /** What it is, for several of them. */
  title: string;
  /** What it means for the money, and what a person can do. */
  fix: string;
  /** A page of the firm where it is mended. */
  page?: { path: string; label: string };
  /** A person may say that it is done, or need not be. */
  mayEnd?: true;
  /** Staff have an e-mail of its own when it begins. */
  isTold?: true;
  list(db: Db, late: Late): Promise<Unfinished[]>;
};

const HOUR = 60;
const DAY = 24 * HOUR;

/** Everything that should end: how long it may take, and what it means when it has not. In the order of the to-do list. */
export const KINDS = {
  key: {
    minutes: 0,
    title: "Stripe does not accept the key",
    fix: "Nobody can pay online until a working key is saved. It ends by itself once Stripe accepts the key.",
    page: { path: "settings/processor", label: "Open payment processor" },
    isTold: true,
    list: refusedKeys,
  },
  connection: {
    minutes: 15,
    title: "Xero can't be written to",
    fix: "Payments already taken are safe, and are posted to Xero once it works again.",
    page: { path: "connections", label: "Open connections" },
    isTold: true,
    list: lostConnections,
  },
  posting: {
    minutes: 15,
    title: "Not posted to Xero yet",
    fix: "The money is safe and on record. It is looked for in Xero and tried again by itself. If the reason is one that you can mend, mend it, then try again; or enter it in Xero by hand and mark it as resolved.",
    mayEnd: true,
    list: unfinishedPostings,
  },
  telling: {
    minutes: 15,
    title: "Xero has not been told of it",
    fix: "The money is safe and on record. Mend the reason if you can; else tell whoever runs the desk.",
    list: unfinishedTelling,
  },
  attempt: {
    minutes: 15,
    title: "A payment that was begun has not ended",
    fix: "Its invoices can't be paid online until it ends. If the client used a card, Stripe may hold the amount for up to 7 days and then lets it go by itself. Mend the reason, or look for the payment in Stripe and cancel it there.",
    list: unfinishedAttempts,
  },
  hold: {
    minutes: 5,
    title: "An invoice is held by a payment that has ended",
    fix: "It can't be paid online. Tell whoever runs the desk.",
    list: holdsLeft,
  },
  debit: {
    minutes: 14 * DAY,
    title: "A bank debit has no answer after two weeks",
    fix: "Its invoices can't be paid online until it ends. Look for it in Stripe: the client may still have to confirm their bank account.",
    list: unfinishedDebits,
  },
  refund: {
    minutes: 30,
    title: "A refund has not gone through",
    fix: "Stripe is asked again by itself, and the money goes back once. If the reason is one that you can mend, mend it, then try again.",
    list: (db, late) => unfinishedRefunds(db, late, ["asked"]),
  },
  refund_bank: {
    minutes: 14 * DAY,
    title: "A refund has not reached the client after two weeks",
    fix: "Stripe has sent it. Look for it in Stripe, and ask the client.",
    list: (db, late) => unfinishedRefunds(db, late, ["pending"]),
  },
  refund_books: {
    minutes: HOUR,
    title: "A refund is not in Xero yet",
    fix: "It waits until Xero has the payment that it is of. If that is on this list too, mend that first.",
    list: (db, late) => unfinishedRefunds(db, late, ["untold", "undone"]),
  },
  event: {
    minutes: 15,
    title: "A message from Stripe could not be worked through",
    fix: "What it is about is asked for again by itself. Mend the reason if you can; else look for it in Stripe by its id, and tell whoever runs the desk.",
    list: unfinishedEvents,
  },
  delivery: {
    minutes: 15,
    title: "Messages from Xero wait",
    fix: "Changes in Xero are seen later than usual. Tell whoever runs the desk.",
    list: unfinishedDeliveries,
  },
  payout: {
    minutes: 3 * DAY,
    title: "A payout has not arrived",
    fix: "Look for it in Stripe: three days have passed since it should have been at the bank, or Stripe does not say what is in it.",
    list: payoutsUnderWay,
  },
  payout_books: {
    minutes: 2 * HOUR,
    title: "A payout is not in Xero yet",
    fix: "The money is at the bank. Mend the reason if you can; else enter the payout in Xero by hand.",
    list: untoldPayouts,
  },
  email: {
    minutes: 30,
    title: "An e-mail could not be delivered",
    fix: "Check the address, and reach the person another way. Then mark it as resolved.",
    mayEnd: true,
    list: unfinishedLetters,
  },
  comparison: {
    minutes: 26 * HOUR,
    title: "Stripe, Xero and our records have not been compared for a day",
    fix: "No money is touched by it. Mend the reason if you can; else tell whoever runs the desk.",
    list: uncompared,
  },
  clearing: {
    minutes: 26 * HOUR,
    title: "The clearing account has not been checked for a day",
    fix: "No money is touched by it. Mend the reason if you can; else tell whoever runs the desk.",
    page: { path: "clearing", label: "Open clearing" },
    list: uncheckedClearing,
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as [KindName, ...KindName[]];
export const kindOf = (name: KindName): Kind => KINDS[name];
