import { z } from "zod";

const nothing = z.strictObject({});

/** Asks every organisation what changed, each kind in its own rhythm. */
export const readAllChanges = { name: "jobs.read-all-changes", payload: nothing };

/** Asks the processor about payments that have been silent. */
export const pollAttempts = { name: "jobs.poll-attempts", payload: nothing };

/** Takes up the processor's events that wait for another try, or whose job is lost. */
export const lookForEvents = { name: "jobs.look-for-events", payload: nothing };

/** Writes to staff of what waits for them. */
export const tellStaff = { name: "jobs.tell-staff", payload: nothing };

/** Says that a worker is here, and notices a restored database. */
export const beHere = { name: "jobs.be-here", payload: nothing };

/** Looks again at invoices that don't show a payment yet which Xero has. */
export const reflectPostings = { name: "jobs.reflect-postings", payload: nothing };

/** Compares what changed of late, for every firm. */
export const reconcileRecent = { name: "jobs.reconcile-recent", payload: nothing };

/** Compares all of the last months, for every firm. */
export const reconcileAll = { name: "jobs.reconcile-all", payload: nothing };

/** Tells of payments in the History of their invoices. */
export const notePayments = { name: "jobs.note-payments", payload: nothing };

/** Releases orders that were held for what has been mended in Xero since. */
export const releaseOrders = { name: "jobs.release-orders", payload: nothing };

/** Forgets what is older than it may be. */
export const forgetWhatIsOld = { name: "jobs.forget-what-is-old", payload: nothing };
