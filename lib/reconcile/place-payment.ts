import { rebuildCheckout } from "#lib/checkout/rebuild-checkout.ts";
import type { Db } from "#lib/core/db.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import { findByIds } from "#lib/mirror/read.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { accountOfAttempt, capturesAt, letGo, rebuildAttempt, settleFound } from "#lib/payments/rebuild.ts";
import type { Claim, FoundSession, PaymentState, Processor } from "#lib/processor/types.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import type { NewBreak } from "./store.ts";

/** An account of a firm with a processor, ready to ask. */
export type Account = { firmId: string; processorAccountId: string; processor: Processor };

/** What a look at payments came to. */
export type Looked = { kept: number; found: NewBreak[] };

/** Holds a page of the processor's payments against our captures: keeps what is missing here, and names what disagrees. */
export async function lookAtPayments(
  db: Db,
  account: Account,
  rows: PaymentState[],
  alone: (objectRef: string, work: () => Promise<void>) => Promise<void>,
): Promise<Looked> {
  const { firmId, processorAccountId } = account;
  const ours = rows.filter(({ attemptId }) => attemptId !== null);
  const known = await capturesAt(
    db,
    processorAccountId,
    ours.map(({ objectRef }) => objectRef),
  );
  const looked: Looked = { kept: 0, found: [] };
  for (const row of ours) {
    const { objectRef: subject, amountMinor, currency, state } = row;
    const there = formatMoney({ minor: amountMinor, currency });
    const side = { firmId, processorAccountId, subject, there };
    const capture = known.get(subject);
    if (capture) {
      if (state !== "paid") continue;
      const here = formatMoney({ minor: capture.amountMinor, currency: capture.currency });
      if (capture.amountMinor !== amountMinor || capture.currency !== currency)
        looked.found.push({ ...side, kind: "stripe_differs", here, captureId: capture.id });
    } else if (state !== "done") {
      await alone(subject, async () => {
        const placed = await place(db, account, row);
        if (placed === "kept") looked.kept += 1;
        else if (placed === "stray" && state === "paid")
          looked.found.push({ ...side, kind: "stripe_stray", here: "Nothing", captureId: null });
      });
    }
  }
  return looked;
}

/** `stray`: taken under our name, and it can't be told for what; or not yet. `other`: nothing to keep here. */
type Placed = "kept" | "stray" | "other";

async function place(
  db: Db,
  account: Account,
  { objectRef, attemptId, state }: PaymentState,
): Promise<Placed> {
  const accountId = attemptId ? await accountOfAttempt(db, attemptId) : undefined;
  // Two firms may share one account at the processor: each sees to its own.
  if (!attemptId || (accountId && accountId !== account.processorAccountId)) return "other";
  const found = await account.processor.findSession(objectRef);
  if (!found) return "stray";
  if (!accountId) {
    const { claim } = found;
    if (claim && claim.firmId !== account.firmId) return "other";
    const rebuilt = claim?.attemptId === attemptId && (await rebuild(db, account, { claim, found }));
    if (rebuilt === "busy" && state === "authorised") await letGo(db, account.processorAccountId, objectRef);
    if (rebuilt !== "done") return "stray";
  }
  return (await settleFound(db, attemptId, { objectRef, found })) ? "kept" : "other";
}

/**
 * Writes what the desk has forgotten from what the processor kept with the payment. `busy`: somebody else is paying the same
 * by now · `lacking`: what is known is not enough, or not yet.
 */
async function rebuild(
  db: Db,
  { firmId, processorAccountId }: Account,
  { claim, found }: { claim: Claim; found: FoundSession },
): Promise<"done" | "busy" | "lacking"> {
  const { connectionId, checkoutId } = claim;
  if (!(await payConnections(db, firmId)).some((books) => books.connectionId === connectionId))
    return "lacking";
  const invoices = await invoicesOf(db, claim);
  const lines = claim.lines.flatMap(({ invoiceId, amountMinor }) => {
    const invoice = invoices.find((row) => row.invoiceId === invoiceId);
    return invoice
      ? [{ invoiceId, number: invoice.number ?? "Invoice", amountMinor, partOfMinor: null }]
      : [];
  });
  const [first] = invoices;
  if (!first || lines.length < claim.lines.length) return "lacking";
  const { contactId, currency } = first;
  const { name: payerName, email: payerEmail } = found.payer;
  return db.transaction(async (tx) => {
    const order = { firmId, connectionId, currency, lines };
    await rebuildCheckout(tx, { id: checkoutId, ...order, contactId, payerName, payerEmail });
    const lost = { attemptId: claim.attemptId, checkoutId, processorAccountId, found };
    return (await rebuildAttempt(tx, { ...lost, ...order })) ? "done" : "busy";
  });
}

/** From the mirror; from Xero those that it has forgotten too. */
async function invoicesOf(db: Db, { firmId, connectionId, lines }: Claim) {
  const ids = lines.map((line) => line.invoiceId);
  const known = await findByIds(db, connectionId, ids);
  const missing = ids.filter((id) => !known.some((row) => row.invoiceId === id));
  if (missing.length === 0) return known;
  try {
    await refreshInvoices(db, { firmId, connectionId }, { ids: missing, purpose: "sync" });
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
  }
  return findByIds(db, connectionId, ids);
}
