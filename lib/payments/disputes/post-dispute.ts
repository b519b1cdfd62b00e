import type { Db } from "#lib/core/db.ts";
import { databaseNow } from "#lib/core/db.ts";
import { atMost, sumOf } from "#lib/core/money/money.ts";
import { dropUnwritten } from "#lib/posting/drop-unwritten.ts";
import { createOverpaymentPosting, overpaymentBody } from "#lib/posting/kinds/overpayment.ts";
import { createPaymentPosting } from "#lib/posting/kinds/payment.ts";
import { isOnItsWay, lockIncoming, type Standing } from "#lib/posting/postings-of-payment.ts";
import { isTestMoney } from "#lib/processor/test-mode.ts";
import { sourcesOf } from "../overpayments/surplus-store.ts";
import { dateOf } from "../post-capture.ts";
import { lockCapture } from "../refunds/refund-store.ts";
import type { Capture } from "../store.ts";
import { untoldOf } from "./dispute-rules.ts";
import {
  changeDispute,
  type Dispute,
  deleteMove,
  getDispute,
  insertMove,
  listMoves,
  takenOf,
} from "./dispute-store.ts";
import { withdrawPayment } from "./withdraw-payment.ts";
import { byInvoice, overOf, takenFrom } from "./withdrawal-rules.ts";

/**
 * Brings the books to what a decided dispute has withdrawn: takes off what they have too much, or writes again what came
 * back, each time once. While something of the payment is on its way to Xero, or out of it, that waits for the next turn.
 */
export async function postDispute(db: Db, disputeId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await getDispute(tx, disputeId);
    const capture = found && (await lockCapture(tx, { id: found.captureId }));
    const locked = await getDispute(tx, disputeId);
    if (!capture || !locked || untoldOf(locked) === 0n) return;
    const dispute = await withoutUnwritten(tx, locked);
    const untold = untoldOf(dispute);
    const incoming = await lockIncoming(tx, await sourcesOf(tx, capture.id));
    if (untold === 0n || incoming.some(isOnItsWay)) return;
    if (untold > 0n) await withdrawPayment(tx, { capture, dispute, incoming, minor: untold });
    else await giveBack(tx, { capture, dispute, incoming, minor: -untold });
    await changeDispute(tx, disputeId, { toldMinor: dispute.withdrawnMinor });
  });
}

/** Steps of which Xero has refused all are taken back: what they promised is decided anew. */
async function withoutUnwritten(tx: Db, dispute: Dispute): Promise<Dispute> {
  let { toldMinor } = dispute;
  for (const { id, amountMinor } of await listMoves(tx, dispute.id)) {
    if (amountMinor <= 0n || !(await dropUnwritten(tx, id, amountMinor))) continue;
    await deleteMove(tx, id);
    toldMinor -= amountMinor;
  }
  if (toldMinor !== dispute.toldMinor) await changeDispute(tx, dispute.id, { toldMinor });
  return { ...dispute, toldMinor };
}

type Back = { capture: Capture; dispute: Dispute; incoming: Standing[]; minor: bigint };

/** What the dispute had taken of the books is written again: of the same invoices, as a payment of today. */
async function giveBack(tx: Db, { capture, dispute, incoming, minor }: Back): Promise<void> {
  const taken = await takenOf(tx, { captureId: capture.id, disputeId: dispute.id });
  const posting = { kind: "payment", state: "done" };
  const cells = [
    ...taken.shares.map((share) => ({ ...share, posting })),
    ...(taken.overMinor > 0n ? [{ posting, invoiceId: null, amountMinor: taken.overMinor }] : []),
  ];
  const back = takenFrom(cells, atMost(minor, sumOf(cells.map(({ amountMinor }) => amountMinor))));
  const [lines, over] = [byInvoice(back), overOf(back)];
  const { moveId, step } = await insertMove(tx, dispute, {
    amountMinor: -minor,
    shares: lines.map((line) => ({ ...line, amountMinor: -line.amountMinor })),
    overMinor: -over,
  });
  const { firmId, connectionId, currency } = capture;
  const origin = { id: `${dispute.objectRef} ${step}`, at: dispute.openedAt };
  const target = await dateOf(tx, connectionId, { at: await databaseNow(tx), lines });
  const isTest = await isTestMoney(tx, capture);
  const shared = { firmId, connectionId, currency, origin, isTest, ...target };
  if (lines.length > 0) await createPaymentPosting(tx, { ...shared, sourceId: moveId, lines });
  const overpayment = incoming.find(({ kind }) => kind === "overpayment");
  if (over > 0n && overpayment)
    await createOverpaymentPosting(tx, {
      ...{ ...shared, surplusId: moveId, amountMinor: over, contactId: overpayment.targetId ?? "" },
      body: overpaymentBody.parse(overpayment.body),
    });
}
