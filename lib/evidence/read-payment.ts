import type { Db } from "#lib/core/db.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { type FirmTerms, termsVersion } from "#lib/firms/read.ts";
import { disputeMovesOf, listDisputesOf } from "#lib/payments/disputes/read-disputes.ts";
import { type SurplusRow, surplusesOf } from "#lib/payments/overpayments/read-surplus.ts";
import { type Standing, standingOf } from "#lib/payments/read.ts";
import { type MoneyHistory, readMoney } from "#lib/payments/read-money.ts";
import { listRefundsOf, refundLineIds } from "#lib/payments/refunds/read-refund.ts";
import { type PostingStory, postingIdsOf, readPostings } from "#lib/posting/read.ts";
import { accountOf } from "#lib/processor/read.ts";
import { breaksOfCapture } from "#lib/reconcile/read.ts";
import { type PayConnection, payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { type NamedLine, namedLines } from "./who-did-it.ts";

export type PaymentStory = MoneyHistory & {
  standing: Standing;
  /** The words that stood above the button. */
  terms: (FirmTerms & { sha256: string }) | null;
  /** Most have one; Xero takes some payments only in parts. */
  postings: PostingStory[];
  /** What was more than owed, and where it went, each with its own posting if Xero is told of it. */
  surpluses: (SurplusRow & { posting: PostingStory | null })[];
  books: PayConnection;
  processor: { displayName: string; accountRef: string; livemode: boolean };
  /** In the order of the chain, each with the name of who did it. */
  timeline: NamedLine[];
};

/**
 * All that is known of one payment, for the firm's staff: null when the firm has none of this id. Throws `forbidden` to
 * who may not see.
 */
export async function readPayment(
  db: Db,
  firm: FirmContext,
  captureId: string,
): Promise<PaymentStory | null> {
  const money = await readMoney(db, firm, captureId);
  if (!money) return null;
  const { firmId } = firm;
  const [postings, books, processor] = await Promise.all([
    readPostings(db, firmId, captureId),
    payConnection(db, money.connectionId),
    accountOf(db, firmId, money.processorAccountId),
  ]);
  if (!books || !processor) throw new Error(`Payment ${captureId} lacks what every payment has`);
  const [shares, refunds, surpluses, disputed, broken] = await Promise.all([
    refundLineIds(db, firmId, captureId),
    listRefundsOf(db, firm, captureId),
    surplusesOf(db, captureId),
    listDisputesOf(db, firm, captureId),
    breaksOfCapture(db, firmId, captureId),
  ]);
  const sources = [
    ...shares,
    ...disputed.map(({ disputeId }) => disputeId),
    ...(await disputeMovesOf(db, firmId, captureId)),
    ...refunds.map(({ refundId }) => refundId),
    ...surpluses.map(({ surplusId }) => surplusId),
    ...broken,
  ];
  const others = await postingIdsOf(db, firmId, sources);
  const takenOff = await postingIdsOf(db, firmId, others);
  const moved = await Promise.all(
    surpluses.map(async (row) => ({
      ...row,
      posting: (await readPostings(db, firmId, row.surplusId))[0] ?? null,
    })),
  );
  const states = [
    ...(postings.length > 0 ? postings.map(({ state }) => state) : ["ready" as const]),
    ...moved.map(({ posting }) => posting?.state ?? "done"),
  ];
  const [terms, timeline] = await Promise.all([
    money.payer.termsVersionId ? termsVersion(db, firmId, money.payer.termsVersionId) : undefined,
    readTimeline(db, firmId, [
      `checkout:${money.checkoutId}`,
      ...money.attemptIds.map((id) => `attempt:${id}`),
      `capture:${captureId}`,
      ...[...postings.map(({ postingId }) => postingId), ...others, ...takenOff].map((id) => `posting:${id}`),
    ]),
  ]);
  return {
    ...money,
    standing: standingOf(money.problem, states),
    terms: terms ?? null,
    postings,
    surpluses: moved,
    books,
    processor,
    timeline,
  };
}

/** Xero's id of the payment by which an invoice got its share, once it is there. */
export function xeroPaymentOf({ postings, surpluses }: PaymentStory, invoiceId: string): string | null {
  const lines = [...postings, ...surpluses.map((row) => row.posting)].flatMap((one) => one?.lines ?? []);
  return lines.findLast((line) => line.invoiceId === invoiceId && line.xeroPaymentId)?.xeroPaymentId ?? null;
}

/** The lines about these, and about the code by which the payer came in, if there was one. */
async function readTimeline(db: Db, firmId: string, subjects: string[]): Promise<NamedLine[]> {
  const own = await namedLines(db, firmId, subjects);
  const codes = own.flatMap(({ detail }) =>
    typeof detail.codeId === "string" ? [`code:${detail.codeId}`] : [],
  );
  return codes.length > 0 ? namedLines(db, firmId, [...subjects, ...codes]) : own;
}
