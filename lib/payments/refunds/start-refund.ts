import { type Db, violates } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { stepInWords } from "#lib/core/money/amount-typed.ts";
import { stepOf } from "#lib/core/money/currencies.ts";
import { atMost, formatMoney, sumOf } from "#lib/core/money/money.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { ProcessorFault } from "#lib/processor/types.ts";
import { withdrawnOfCapture } from "../disputes/dispute-store.ts";
import { refundRefusal } from "../disputes/read-disputes.ts";
import { leftOfOverpayments } from "../overpayments/surplus-store.ts";
import { splitRefund } from "./refund-rules.ts";
import { insertRefund, leftOfInvoices, listLiveRefunds, lockCapture, type Refund } from "./refund-store.ts";
import { failRefund, sendRefund } from "./settle-refund.ts";

type Asked = {
  /** Made where staff look over the refund: one look, one refund, however often it is sent. */
  refundId: string;
  captureId: string;
  amountMinor: bigint;
  note: string;
  /** What could be refunded by the page that they looked at: another refund since then makes them look again. */
  seenLeftMinor?: bigint;
};

/** Refunded or lost to a dispute. */
export const NOTHING_LEFT = "Nothing of this payment is left to refund.";

export type RefundAsked = "succeeded" | "pending" | "asked";

/**
 * Staff give money back, whole or in part: first kept, then asked of the processor. `asked` means that the processor has not
 * answered yet and will be asked again. Throws AppError: `conflict` for the same refund a second time, for one that was looked
 * over before another went, and for a payment that a bank disputes, `invalid` for more than is left, `processor_refused` with the processor's words when it says no; in each
 * case nothing moved.
 */
export async function startRefund(db: Db, caller: FirmCaller, asked: Asked): Promise<RefundAsked> {
  requireAbility(caller.firm, "act");
  return askForRefund(db, await promised(db, caller, asked));
}

/** Asks the processor for a refund that is kept. Throws AppError `processor_refused` when it says no. */
export async function askForRefund(db: Db, refund: Refund): Promise<RefundAsked> {
  try {
    const state = await sendRefund(db, refund);
    if (state !== "failed") return state;
    throw new AppError("processor_refused", "The payer's bank did not take it. The money is still here.", {
      field: "amount",
    });
  } catch (error) {
    if (!(error instanceof ProcessorFault)) throw error;
    if (error.kind === "no_answer" || error.kind === "unclear") return "asked";
    await failRefund(db, refund.id, { reason: error.message, watched: true });
    throw new AppError("processor_refused", `Stripe says: ${error.message} No money was moved.`, {
      cause: error,
      field: "amount",
    });
  }
}

async function promised(db: Db, caller: FirmCaller, asked: Asked): Promise<Refund> {
  try {
    return await db.transaction((tx) => promise(tx, caller, asked));
  } catch (error) {
    if (!violates(error, "refunds_pkey")) throw error;
    throw new AppError("conflict", "This refund was made already. Nothing more was refunded.");
  }
}

async function promise(
  tx: Db,
  caller: FirmCaller,
  { refundId, captureId, amountMinor, note, seenLeftMinor }: Asked,
): Promise<Refund> {
  const { firm, actor } = caller;
  const capture = await lockCapture(tx, { id: captureId });
  if (capture?.firmId !== firm.firmId) throw new AppError("not_found", "There is no such payment.");
  const refusal = await refundRefusal(tx, captureId);
  if (refusal) throw new AppError("conflict", refusal);
  const live = await listLiveRefunds(tx, captureId);
  const gone = [...live.map((row) => row.amountMinor), await withdrawnOfCapture(tx, captureId)];
  const left = capture.amountMinor - sumOf(gone);
  const most = formatMoney({ minor: left, currency: capture.currency });
  if (seenLeftMinor !== undefined && seenLeftMinor !== left)
    throw new AppError(
      "conflict",
      `Some of this payment went back since this page was opened: ${most} of it is left. Nothing more was refunded. Look at the refunds below, and review this one again.`,
    );
  if (amountMinor <= 0n || amountMinor > left)
    throw new AppError("invalid", left > 0n ? `At most ${most} can be refunded.` : NOTHING_LEFT, {
      field: "amount",
    });
  if (amountMinor % stepOf(capture.currency) !== 0n) {
    const words = `Refunds in ${capture.currency} are made${stepInWords(capture.currency)}.`;
    throw new AppError("invalid", words, { field: "amount" });
  }
  const refund = await insertRefund(
    tx,
    {
      id: refundId,
      firmId: firm.firmId,
      captureId,
      processorAccountId: capture.processorAccountId,
      currency: capture.currency,
      amountMinor,
      note,
      requestedBy: actor.userId,
    },
    splitRefund(
      amountMinor - atMost(amountMinor, await leftOfOverpayments(tx, captureId)),
      await leftOfInvoices(tx, captureId, live),
      capture.currency,
    ),
  );
  await recordBy(tx, caller, {
    action: "refund.asked",
    subject: `capture:${captureId}`,
    detail: { refundId: refund.id, currency: capture.currency, minor: String(amountMinor), note },
  });
  return refund;
}
