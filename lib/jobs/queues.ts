import type { Queue } from "pg-boss";
import { codeAsked } from "#lib/checkout/jobs.ts";
import { AGES } from "#lib/core/retention.ts";
import { passwordLinkAsked } from "#lib/firms/jobs.ts";
import { mappingChanged } from "#lib/mapping/jobs.ts";
import { again, backfill, delta, inbox } from "#lib/mirror/jobs.ts";
import {
  captureRecorded,
  debitFailed,
  disputeChanged,
  refundFailed,
  refundSucceeded,
  surplusSettled,
  xeroToTell,
} from "#lib/payments/jobs.ts";
import { checkClearing, pollPayouts } from "#lib/payouts/jobs.ts";
import { eventsArrived, keyChanged } from "#lib/processor/jobs.ts";
import { firmToReconcile } from "#lib/reconcile/jobs.ts";
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

/** Waits 2, 4, 8… seconds between tries, at most 15 minutes, for about a day; then the job is kept as failed. */
const patient = { retryLimit: 100, retryDelay: 2, retryBackoff: true, retryDelayMax: 900 };

/** A turn that the next one replaces within the hour: no second try. */
const periodic = { retryLimit: 0 };

/** A turn of which the next is a day away: a worker that ended in the middle of it costs minutes. */
const nightly = { retryLimit: 5, retryDelay: 60, retryBackoff: true, retryDelayMax: 900 };

/** Of each queue one waiting job a key: asking twice runs once. A worker that stops beating loses its job in a minute. */
function queue(job: { name: string }, options: Partial<Queue>): Queue {
  return {
    name: job.name,
    policy: "short",
    notify: true,
    expireInSeconds: 600,
    heartbeatSeconds: 30,
    deleteAfterSeconds: AGES.jobs.days * 86_400,
    ...options,
  };
}

/** Every queue there is; the migration makes them, the worker serves them. */
export const QUEUES: Queue[] = [
  queue(organisationConnected, patient),
  queue(backfill, { ...patient, expireInSeconds: 3_600 }),
  queue(delta, periodic),
  queue(again, periodic),
  queue(inbox, patient),
  queue(eventsArrived, patient),
  queue(keyChanged, patient),
  queue(captureRecorded, patient),
  queue(debitFailed, patient),
  queue(refundFailed, patient),
  queue(refundSucceeded, patient),
  queue(surplusSettled, patient),
  queue(disputeChanged, patient),
  queue(xeroToTell, patient),
  queue(mappingChanged, patient),
  queue(passwordLinkAsked, patient),
  queue(codeAsked, { retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 60 }),
  queue(connectionChanged, patient),
  queue(grantLost, patient),
  queue(appRefused, patient),
  queue(organisationAskedFor, patient),
  queue(keepGrantsAlive, periodic),
  queue(askLostAgain, periodic),
  queue(beHere, periodic),
  queue(forgetCalls, periodic),
  queue(readAllChanges, periodic),
  queue(pollAttempts, periodic),
  queue(lookForEvents, periodic),
  // One at a time: what two look at in the same moment is told twice.
  queue(tellStaff, { ...periodic, policy: "stately" }),
  queue(reflectPostings, periodic),
  // One at a time: what two note at the same moment stands there twice.
  queue(notePayments, { ...periodic, policy: "stately" }),
  queue(reconcileRecent, periodic),
  queue(reconcileAll, nightly),
  // Left in the middle, the next try goes on there.
  queue(firmToReconcile, { ...nightly, expireInSeconds: 3_600 }),
  queue(releaseOrders, periodic),
  queue(pollPayouts, periodic),
  queue(checkClearing, nightly),
  queue(forgetWhatIsOld, { ...nightly, expireInSeconds: 3_600 }),
];
