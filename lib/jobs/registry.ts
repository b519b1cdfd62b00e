import { sendCode } from "#lib/checkout/code/send-code.ts";
import { codeAsked } from "#lib/checkout/jobs.ts";
import { sendDebitFailed } from "#lib/checkout/letters/send-debit-failed.ts";
import { sendReceipt } from "#lib/checkout/letters/send-receipt.ts";
import { sendRefundLetter } from "#lib/checkout/letters/send-refund.ts";
import { sendSurplusLetter } from "#lib/checkout/letters/send-surplus.ts";
import type { Db } from "#lib/core/db.ts";
import { enqueue, type JobKind } from "#lib/core/queue/queue.ts";
import { passwordLinkAsked } from "#lib/firms/jobs.ts";
import { sendPasswordLink } from "#lib/firms/send-password-link.ts";
import { mappingChanged } from "#lib/mapping/jobs.ts";
import type { Books } from "#lib/mirror/books.ts";
import { booksToReadAgain, connectionsDue, connectionsLackingKinds } from "#lib/mirror/due.ts";
import { again, backfill, delta, inbox } from "#lib/mirror/jobs.ts";
import { backfillOrganisation } from "#lib/mirror/sync/backfill.ts";
import { catchUp } from "#lib/mirror/sync/catch-up.ts";
import { readChanges } from "#lib/mirror/sync/delta.ts";
import { readAgain } from "#lib/mirror/sync/read-again.ts";
import { processInbox } from "#lib/mirror/webhooks/process-inbox.ts";
import { releaseAllHeld } from "#lib/orders/held/release-all-held.ts";
import { releaseHeld } from "#lib/orders/held/release-held.ts";
import { rewriteRefused } from "#lib/orders/held/rewrite-refused.ts";
import { pollAttempts as poll } from "#lib/payments/attempts/poll-attempts.ts";
import {
  captureRecorded,
  debitFailed,
  disputeChanged,
  refundFailed,
  refundSucceeded,
  surplusSettled,
  xeroToTell,
} from "#lib/payments/jobs.ts";
import { applySurplusPolicies } from "#lib/payments/overpayments/apply-surplus-policies.ts";
import { postRefundsAndDisputes } from "#lib/payments/post-refunds-and-disputes.ts";
import { processEvents } from "#lib/payments/process-events.ts";
import { settleRefunds } from "#lib/payments/refunds/settle-refund.ts";
import { writeHistoryNotes } from "#lib/payments/write-history-notes.ts";
import { checkAllClearing } from "#lib/payouts/clearing/check-clearing.ts";
import { checkClearing, pollPayouts } from "#lib/payouts/jobs.ts";
import { postPayouts } from "#lib/payouts/post-payouts.ts";
import { pollPayouts as pollPaidOut, processPayoutEvents } from "#lib/payouts/read-from-processor.ts";
import { revisitRefused } from "#lib/posting/retry.ts";
import { reflectLeftovers } from "#lib/posting/sending/reflect.ts";
import { wakePostings } from "#lib/posting/sending/wake-postings.ts";
import { eventsArrived, keyChanged } from "#lib/processor/jobs.ts";
import { firmsWithProcessor } from "#lib/processor/read.ts";
import { refreshAccounts } from "#lib/processor/refresh-account.ts";
import { accountsRung } from "#lib/processor/webhooks/inbox.ts";
import { firmToReconcile } from "#lib/reconcile/jobs.ts";
import { reconcileFirm, removeDoubles } from "#lib/reconcile/run.ts";
import { forgetOldCalls } from "#lib/xero/budget/forget-calls.ts";
import {
  appRefused,
  askLostAgain,
  connectionChanged,
  forgetCalls,
  grantLost,
  keepGrantsAlive,
  organisationAskedFor,
  organisationConnected,
} from "#lib/xero/jobs.ts";
import { booksToSync } from "#lib/xero/organisations/auto-sync.ts";
import { retryLostConnections } from "#lib/xero/organisations/retry-lost-connections.ts";
import { keepAlive } from "#lib/xero/tokens/refresh.ts";
import { seeToGap } from "./after-gap.ts";
import { alertBreaks } from "./alert-breaks.ts";
import { alertClearing } from "./alert-clearing.ts";
import { alertDispute } from "./alert-dispute.ts";
import { alertKeyChanged } from "./alert-key.ts";
import { alertRefundFailed } from "./alert-refund.ts";
import { alertWaiting } from "./alert-waiting.ts";
import {
  alertAppRefused,
  alertAskedFor,
  alertConnectionChanged,
  alertGrantLost,
  alertSilences,
} from "./alerts.ts";
import { forgetOld } from "./forget-old.ts";
import { inTurn } from "./in-turn.ts";
import {
  beHere,
  forgetWhatIsOld,
  lookForEvents,
  notePayments,
  pollAttempts,
  readAllChanges,
  reconcileAll,
  reconcileRecent,
  reflectPostings,
  releaseOrders,
  tellStaff,
} from "./scheduled-jobs.ts";

type Handler = {
  name: string;
  /** How many of its jobs a worker runs at a time. */
  lanes: number;
  run(db: Db, payload: unknown): Promise<void>;
};

function on<P>(job: JobKind<P>, work: (db: Db, payload: P) => Promise<void>, lanes = 1): Handler {
  return { name: job.name, lanes, run: (db, payload) => work(db, job.payload.parse(payload)) };
}

/** Of e-mails, so that one that the mail server keeps waiting keeps none of the others. */
const MAIL_LANES = 3;

/** Joins each job's name to the one verb that does it. */
export const HANDLERS: Handler[] = [
  on(organisationConnected, async (db, { connectionId }) => {
    await wakePostings(db, connectionId);
    await withBooks(db, connectionId, (books) => catchUp(db, books));
  }),
  on(backfill, (db, { connectionId }) =>
    withBooks(db, connectionId, (books) => backfillOrganisation(db, books)),
  ),
  on(delta, (db, { connectionId }) => withBooks(db, connectionId, (books) => readChanges(db, books))),
  on(again, (db, books) => readAgain(db, books)),
  on(inbox, (db, { appId }) => processInbox(db, appId)),
  on(eventsArrived, (db, { accountId }) =>
    inTurn(db, `events ${accountId}`, {
      payments: () => processEvents(db, accountId),
      payouts: () => processPayoutEvents(db, accountId),
    }),
  ),
  on(captureRecorded, (db, { captureId }) => sendReceipt(db, captureId), MAIL_LANES),
  on(debitFailed, (db, { attemptId }) => sendDebitFailed(db, attemptId), MAIL_LANES),
  on(refundSucceeded, (db, { refundId }) => sendRefundLetter(db, refundId), MAIL_LANES),
  on(refundFailed, (db, { refundId }) => alertRefundFailed(db, refundId)),
  on(surplusSettled, (db, { surplusIds }) => sendSurplusLetter(db, surplusIds), MAIL_LANES),
  on(xeroToTell, (db) => postRefundsAndDisputes(db)),
  on(disputeChanged, (db, change) => alertDispute(db, change)),
  on(codeAsked, (db, { codeId }) => sendCode(db, codeId), MAIL_LANES),
  on(passwordLinkAsked, (db, asked) => sendPasswordLink(db, asked)),
  on(mappingChanged, async (db, { connectionId }) => {
    await releaseHeld(db, connectionId);
    await rewriteRefused(db, connectionId);
  }),
  on(releaseOrders, (db) => releaseAllHeld(db)),
  on(keyChanged, (db, change) => alertKeyChanged(db, change)),
  on(connectionChanged, (db, change) => alertConnectionChanged(db, change)),
  on(grantLost, (db, loss) => alertGrantLost(db, loss)),
  on(appRefused, (db, refusal) => alertAppRefused(db, refusal)),
  on(organisationAskedFor, (db, asked) => alertAskedFor(db, asked, new Date())),
  on(keepGrantsAlive, (db) => keepAlive(db)),
  on(askLostAgain, (db) =>
    inTurn(db, "again", {
      doubles: () => removeDoubles(db),
      refused: () => revisitRefused(db),
      lost: () => retryLostConnections(db),
    }),
  ),
  on(tellStaff, (db) =>
    inTurn(db, "tell", {
      silences: () => alertSilences(db, new Date()),
      waiting: () => alertWaiting(db, new Date()),
      breaks: () => alertBreaks(db, new Date()),
      clearing: () => alertClearing(db),
    }),
  ),
  on(beHere, (db) => seeToGap(db)),
  on(forgetWhatIsOld, (db) => forgetOld(db)),
  on(forgetCalls, (db) => forgetOldCalls(db)),
  on(readAllChanges, async (db) => {
    for (const { connectionId, changes, unread } of await connectionsDue(db)) {
      if (changes) await enqueue(db, delta, { connectionId });
      if (unread) await enqueue(db, backfill, { connectionId });
    }
    for (const connectionId of await connectionsLackingKinds(db))
      await enqueue(db, backfill, { connectionId });
    for (const books of await booksToReadAgain(db)) await enqueue(db, again, books);
  }),
  on(pollAttempts, (db) =>
    inTurn(db, "poll", {
      attempts: () => poll(db, new Date()),
      surpluses: () => applySurplusPolicies(db),
      refunds: () => settleRefunds(db),
      xero: () => postRefundsAndDisputes(db),
      payouts: () => postPayouts(db),
      accounts: () => refreshAccounts(db, "disabled"),
    }),
  ),
  on(lookForEvents, async (db) => {
    for (const accountId of await accountsRung(db)) await enqueue(db, eventsArrived, { accountId });
  }),
  on(reflectPostings, (db) => reflectLeftovers(db)),
  on(notePayments, (db) => writeHistoryNotes(db)),
  on(reconcileRecent, async (db) => {
    await refreshAccounts(db, "all");
    await reconcileAllFirms(db, "recent");
  }),
  on(reconcileAll, (db) => reconcileAllFirms(db, "all")),
  on(firmToReconcile, async (db, { firmId, span }) => {
    await reconcileFirm(db, firmId, span);
  }),
  on(pollPayouts, (db) => pollPaidOut(db)),
  on(checkClearing, (db) => checkAllClearing(db)),
];

/** What runs by the clock; every worker knows it, and the queue lets one of them begin each turn. */
export const SCHEDULES: { job: { name: string }; cron: string }[] = [
  { job: beHere, cron: "* * * * *" },
  { job: readAllChanges, cron: "* * * * *" },
  { job: pollAttempts, cron: "* * * * *" },
  { job: reflectPostings, cron: "* * * * *" },
  { job: lookForEvents, cron: "* * * * *" },
  { job: keepGrantsAlive, cron: "*/5 * * * *" },
  { job: tellStaff, cron: "*/5 * * * *" },
  { job: releaseOrders, cron: "*/5 * * * *" },
  { job: askLostAgain, cron: "*/10 * * * *" },
  { job: forgetCalls, cron: "*/5 * * * *" },
  { job: notePayments, cron: "*/2 * * * *" },
  { job: reconcileRecent, cron: "17 * * * *" },
  { job: reconcileAll, cron: "41 2 * * *" },
  { job: pollPayouts, cron: "12 * * * *" },
  { job: checkClearing, cron: "40 4 * * *" },
  { job: forgetWhatIsOld, cron: "23 3 * * *" },
];

async function reconcileAllFirms(db: Db, span: "recent" | "all"): Promise<void> {
  for (const firmId of await firmsWithProcessor(db)) await enqueue(db, firmToReconcile, { firmId, span });
}

/** Only while the organisation's automatic reading is on, also for a job that was asked for before it was turned off. */
async function withBooks(db: Db, connectionId: string, work: (books: Books) => Promise<void>): Promise<void> {
  const books = await booksToSync(db, connectionId);
  if (books) await work(books);
}
