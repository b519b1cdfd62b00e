import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { log } from "#lib/core/log.ts";
import { letterheadOf } from "#lib/firms/letterhead.ts";
import {
  hasPostingsWaiting,
  listUnnoted,
  markNoted,
  NOTE,
  noteItem,
  type Unnoted,
} from "#lib/posting/history-notes.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { hasCallsToSpare } from "#lib/xero/budget/calls-to-spare.ts";
import { withXero } from "#lib/xero/call.ts";
import { getCapture } from "./attempts/checkout-attempts.ts";
import { capturesOfSources } from "./overpayments/surplus-store.ts";
import type { Capture } from "./store.ts";

/** Of each organisation at a time: two calls each. */
const AT_A_TIME = 5;

/**
 * Tells in the History of each paid invoice how it was paid, and where its evidence is. Only while no posting waits and calls
 * are to spare; a note can't be taken off, so it is looked for first. What can't be noted is left.
 */
export async function writeHistoryNotes(db: Db): Promise<void> {
  const unnoted = await listUnnoted(db, AT_A_TIME);
  const captures = await capturesOfSources(
    db,
    unnoted.map(({ sourceId }) => sourceId),
  );
  const byConnection = Map.groupBy(unnoted, ({ connectionId }) => connectionId);
  await eachAlone(db, [...byConnection], {
    kind: "history",
    idOf: ([connectionId]) => connectionId,
    work: ([connectionId, rows]) =>
      eachAlone(db, rows, {
        kind: NOTE,
        idOf: noteItem,
        concerns: (error) => (error instanceof XeroFault ? "perhaps all" : "item"),
        async work(row) {
          if (await hasPostingsWaiting(db, connectionId)) return;
          if (!(await hasCallsToSpare(db, connectionId, "accounting.invoices"))) return;
          await note(db, row, captures.get(row.sourceId));
        },
      }),
  });
}

async function note(db: Db, row: Unnoted, captureId: string | undefined): Promise<void> {
  const { postingId, connectionId, invoiceId, reference } = row;
  const capture = captureId && (await getCapture(db, captureId));
  if (!capture) return markNoted(db, row);
  const text = await textOf(db, reference, capture);
  try {
    const there = await withXero(db, connectionId, "sync", (xero) => xero.invoiceNotes(invoiceId));
    if (!there.some((details) => details.includes(reference)))
      await withXero(db, connectionId, "sync", (xero) =>
        xero.noteOnInvoice(invoiceId, text, `cf:note:${postingId}:${invoiceId}`),
      );
  } catch (error) {
    const isNo = error instanceof XeroFault && ["refused", "not_found"].includes(error.fault.kind);
    if (!isNo) throw error;
    log.warn({ posting: postingId, invoice: invoiceId }, "payment.note-refused");
  }
  await markNoted(db, row);
}

/** Of the payer no more than Xero shows. */
async function textOf(db: Db, reference: string, { id, firmId, method }: Capture): Promise<string> {
  const { companySlug, firmSlug } = await letterheadOf(db, firmId);
  const page = `${env().PUBLIC_ORIGIN}/firms/${companySlug}/${firmSlug}/payments/${id}`;
  const by = method ? ` (${method})` : "";
  return `Paid online through Counterfoil${by}, reference ${reference}. ${page}`;
}
