import { linesAbout } from "#lib/audit/read.ts";
import type { Db } from "#lib/core/db.ts";
import { formatMoney, sumOf } from "#lib/core/money/money.ts";
import { createChore } from "#lib/posting/kinds/chore.ts";
import { createOverpaymentRefund } from "#lib/posting/kinds/credit-refund.ts";
import { createPaymentPosting } from "#lib/posting/kinds/payment.ts";
import { createRemovalPosting } from "#lib/posting/kinds/removal.ts";
import {
  leftOfCredit,
  lessenOverpayment,
  lessenRefused,
  type Standing,
} from "#lib/posting/postings-of-payment.ts";
import { isTestMoney } from "#lib/processor/test-mode.ts";
import { postingTarget } from "#lib/xero/organisations/pay-connections.ts";
import type { Capture } from "../store.ts";
import { type Dispute, insertMove } from "./dispute-store.ts";
import { byInvoice, type Cell, overOf, takenFrom } from "./withdrawal-rules.ts";

const TAKEN_BACK = "The client's bank took the money back before Xero had it.";

type Off = { capture: Capture; dispute: Dispute; incoming: Standing[]; minor: bigint };
type Of = Cell<Standing>;

/**
 * Promises that so much more of a payment leaves the books, since a dispute took it. A payment in Xero is removed whole, and
 * what is left of it is written again; an overpayment is paid out; what Xero refused is not written. What a person entered
 * is a person's to take off. What the books never had needs nothing.
 */
export async function withdrawPayment(tx: Db, { capture, dispute, incoming, minor }: Off): Promise<void> {
  const cells = (await Promise.all(incoming.map((posting) => cellsOf(tx, posting)))).flat();
  const taken = takenFrom(cells, minor);
  const { moveId, step } = await insertMove(tx, dispute, {
    ...{ amountMinor: minor, shares: byInvoice(taken), overMinor: overOf(taken) },
  });
  const byPosting = Map.groupBy(taken, ({ posting }) => posting);
  const refused = [...byPosting].filter(([{ state }]) => state === "refused");
  for (const [posting, of] of refused) await writeLess(tx, posting, of);
  const about = { capture, dispute, moveId, step, isTest: await isTestMoney(tx, capture) };
  const done = [...byPosting].filter(([{ state }]) => state === "done");
  const isOver = ([{ kind }]: [Standing, Of[]]) => kind === "overpayment";
  await payOut(tx, about, done.filter(isOver));
  await remove(tx, about, { off: done.filter((one) => !isOver(one)), cells });
  await leaveToPerson(
    tx,
    about,
    taken.filter(({ posting }) => posting.state === "by_hand"),
  );
}

/** What stands in the books by a posting; nothing of one that only says that there is nothing more to write. */
async function cellsOf(tx: Db, posting: Standing): Promise<Of[]> {
  if (posting.state === "by_hand" && !(await isByPerson(tx, posting))) return [];
  if (posting.kind !== "overpayment")
    return posting.lines.map(({ invoiceId, amountMinor }) => ({ posting, invoiceId, amountMinor }));
  const amountMinor = posting.xeroId ? await leftOfCredit(tx, posting) : (posting.amountMinor ?? 0n);
  return [{ posting, invoiceId: null, amountMinor }];
}

async function isByPerson(tx: Db, { id, firmId }: Standing): Promise<boolean> {
  const lines = await linesAbout(tx, firmId, [`posting:${id}`]);
  return lines.some(({ action }) => action === "posting.by-hand");
}

async function writeLess(tx: Db, posting: Standing, of: Of[]): Promise<void> {
  if (posting.kind === "overpayment")
    await lessenOverpayment(tx, posting, { less: overOf(of), note: TAKEN_BACK });
  else await lessenRefused(tx, posting, { shares: byInvoice(of), note: TAKEN_BACK });
}

type About = { capture: Capture; dispute: Dispute; moveId: string; step: number; isTest: boolean };

/** The same in a restored copy of this database: what the lost one wrote is found again. */
const originOf = ({ dispute, step }: About, what = "") => ({
  id: `${dispute.objectRef} ${step}${what}`,
  at: dispute.openedAt,
});

async function payOut(tx: Db, about: About, overpayments: [Standing, Of[]][]): Promise<void> {
  const { firmId, connectionId, currency } = about.capture;
  for (const [part, [posting, of]] of overpayments.entries()) {
    const { accountId, date } = await postingTarget(tx, connectionId, new Date());
    await createOverpaymentRefund(tx, {
      ...{ firmId, connectionId, currency, accountId, date, part, sourceId: about.moveId },
      ...{ overpaymentId: posting.xeroId ?? "", amountMinor: overOf(of) },
      origin: originOf(about, ` ${posting.reference}`),
      isTest: about.isTest,
    });
  }
}

async function remove(
  tx: Db,
  about: About,
  { off, cells }: { off: [Standing, Of[]][]; cells: Of[] },
): Promise<void> {
  const [first] = off;
  if (!first) return;
  const sourceId = about.moveId;
  for (const [part, [posting]] of off.entries())
    await createRemovalPosting(tx, {
      ...{ posting, sourceId, part },
      origin: originOf(about, ` ${posting.reference}`),
    });
  const gone = new Set(off.map(([posting]) => posting));
  const stood = cells.filter(({ posting }) => gone.has(posting));
  const taken = off.flatMap(([, of]) => of).map((cell) => ({ ...cell, amountMinor: -cell.amountMinor }));
  const lines = byInvoice([...stood, ...taken]);
  if (lines.length === 0) return;
  const { firmId, connectionId, currency, accountId, date } = first[0];
  await createPaymentPosting(tx, {
    ...{ firmId, connectionId, currency, accountId, date, sourceId, lines },
    origin: originOf(about, " rest"),
    isTest: about.isTest,
    message: "Waits until the payment that it replaces is removed in Xero.",
  });
}

async function leaveToPerson(tx: Db, { capture, moveId }: About, of: Of[]): Promise<void> {
  const [first] = of;
  if (!first) return;
  const amountMinor = sumOf(of.map((cell) => cell.amountMinor));
  const money = formatMoney({ minor: amountMinor, currency: capture.currency });
  await createChore(tx, {
    ...{ payment: first.posting, sourceId: moveId, captureId: capture.id, amountMinor },
    words: `The client's bank took back ${money} of a payment that was entered in Xero by hand. Take it off there: remove the payment, and enter what is left of it.`,
  });
}
