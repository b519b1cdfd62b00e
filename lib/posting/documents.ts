import { z } from "zod";
import type { Db } from "#lib/core/db.ts";
import type { NewTransfer, PostedPayment } from "#lib/xero/api/types.ts";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import { overpaymentBody } from "./create-overpayment-posting.ts";
import { feeBody, feeLines } from "./create-payout-posting.ts";
import { createCreditRefund } from "./create-refund-posting.ts";
import { creditNoteBody, creditNoteOf } from "./credit-note.ts";
import type { Claimed, Posting } from "./store.ts";

/** How one kind of document is written to Xero, and how it is found again by its reference. */
type DocumentKind = {
  /** Reads what the document must say, once, before it is sent: it is kept, and every send says the same. */
  prepare?(xero: XeroApi, posting: Claimed): Promise<object>;
  send(xero: XeroApi, posting: Claimed, idempotencyKey: string): Promise<PostedPayment>;
  find(xero: XeroApi, posting: Posting): Promise<PostedPayment[]>;
  /** What must be in Xero next, promised in the transaction that says that this is. */
  follow?(tx: Db, posting: Claimed, posted: PostedPayment): Promise<void>;
};

const KINDS: Record<Posting["kind"], DocumentKind> = {
  payment: {
    send: (xero, posting, key) => xero.createPayment(posting, key),
    find: (xero, posting) => xero.findPayments(posting.reference, posting.currency),
  },
  batch_payment: {
    send: (xero, posting, key) => xero.createBatchPayment(posting, key),
    find: (xero, posting) => xero.findBatchPayments(posting.reference, posting.currency),
  },
  credit_note: {
    async prepare(xero, posting) {
      const { targetId, amountMinor, date, currency } = aimed(posting);
      return creditNoteOf(await xero.invoiceInLines(targetId, currency), { amountMinor, currency, date });
    },
    send(xero, { reference, currency, body }, key) {
      const { contactId, date, lines } = creditNoteBody.parse(body);
      const inMinor = lines.map(({ gross, ...line }) => ({ ...line, grossMinor: BigInt(gross) }));
      return xero.createCreditNote({ reference, currency, contactId, date, lines: inMinor }, key);
    },
    find: (xero, posting) => xero.findCreditNotes(posting.reference),
    follow: (tx, posting, { xeroId }) =>
      createCreditRefund(tx, posting, {
        creditNoteId: xeroId,
        date: creditNoteBody.safeParse(posting.body).data?.date ?? posting.date,
        looked: posting.sends > 1 || posting.body === null,
      }),
  },
  credit_refund: {
    send(xero, posting, key) {
      const { targetId: id, ...refund } = aimed(posting);
      const of = refund.body === null ? "credit_note" : "overpayment";
      return xero.createCreditRefund({ ...refund, credit: { of, id } }, key);
    },
    find: (xero, posting) => xero.findCreditRefunds(posting.reference),
  },
  removal: {
    async send(xero, posting, key) {
      const { isBatch, credit } = removalBody.parse(posting.body);
      const { targetId: xeroId } = aimed(posting);
      if (credit === "credit_note") await xero.voidCreditNote(xeroId, key);
      else await xero.deletePayment({ xeroId, isBatch }, key);
      return removed(posting);
    },
    async find(xero, posting) {
      const { isBatch, credit } = removalBody.parse(posting.body);
      const xeroId = posting.targetId ?? "";
      const isThere =
        credit === "credit_note"
          ? await xero.isCreditNoteThere(xeroId)
          : await xero.isPaymentThere({ xeroId, isBatch });
      return isThere ? [] : [removed(posting)];
    },
  },
  overpayment: {
    send(xero, posting, key) {
      const { targetId: contactId, ...overpayment } = aimed(posting);
      return xero.createOverpayment(
        { ...overpayment, ...overpaymentBody.parse(posting.body), contactId },
        key,
      );
    },
    find: (xero, posting) => xero.findOverpayments(posting.reference, posting.date),
  },
  chore: {
    async send(_, posting) {
      throw new Error(`The chore ${posting.id} is a person's`);
    },
    find: async () => [],
  },
  fee: {
    send(xero, posting, key) {
      const { targetId: accountCode, amountMinor, ...fee } = aimed(posting);
      const said = feeBody.parse(posting.body);
      return xero.createFee(
        {
          ...{ ...fee, amountMinor },
          fee: { contactName: said.contactName, accountCode, lines: feeLines(said, amountMinor) },
        },
        key,
      );
    },
    find: (xero, posting) => xero.findFees(posting.reference),
  },
  transfer: {
    send: (xero, posting, key) => xero.createTransfer(moved(aimed(posting)), key),
    find: (xero, posting) => xero.findTransfers(posting.reference),
  },
  transfer_back: {
    send(xero, posting, key) {
      const { amountMinor, ...back } = aimed(posting);
      return xero.createTransfer(moved({ ...back, amountMinor: -amountMinor }), key);
    },
    find: (xero, posting) => xero.findTransfers(posting.reference),
  },
};

/** From the clearing account to the bank, or the other way when it is less than nothing. */
function moved({ accountId, targetId, amountMinor, reference, date, currency }: Aimed): NewTransfer {
  const [fromAccountId, toAccountId] = amountMinor < 0n ? [targetId, accountId] : [accountId, targetId];
  const size = amountMinor < 0n ? -amountMinor : amountMinor;
  return { fromAccountId, toAccountId, amountMinor: size, reference, date, currency };
}

/** What is gone leaves its own id, and invoices to look at again. */
function removed({ targetId, reference, body }: Posting): PostedPayment {
  const xeroId = targetId ?? "";
  const lines = removalBody
    .parse(body)
    .invoiceIds.map((invoiceId) => ({ paymentId: xeroId, invoiceId, amountMinor: 0n }));
  return { xeroId, reference, lines };
}

/** What a removal frees, as it is kept beside its posting. */
const removalBody = z.strictObject({
  isBatch: z.boolean(),
  /** Missing: a payment. */
  credit: z.literal("credit_note").optional(),
  invoiceIds: z.array(z.string()),
});

/** Null when nothing has to be read first. */
export function preparing(posting: Claimed): ((xero: XeroApi) => Promise<object>) | null {
  const { prepare } = KINDS[posting.kind];
  return prepare && posting.body === null ? (xero) => prepare(xero, posting) : null;
}

/** What it keeps once Xero has refused it: what was read for it may be mended there, and is read anew. */
export function keptWhenRefused({ kind, body }: Claimed): unknown {
  return KINDS[kind].prepare ? null : body;
}

export function sendDocument(xero: XeroApi, posting: Claimed): Promise<PostedPayment> {
  return KINDS[posting.kind].send(xero, posting, `cf:${posting.id}:${posting.keyRound}`);
}

export async function findDocument(xero: XeroApi, posting: Claimed): Promise<PostedPayment | undefined> {
  const [first] = await findDocuments(xero, posting);
  return first;
}

/** All that Xero has under its reference: more than one only when a slow send of ours came through after all. */
export async function findDocuments(xero: XeroApi, posting: Posting): Promise<PostedPayment[]> {
  return KINDS[posting.kind].find(xero, posting);
}

export async function followDocument(tx: Db, posting: Claimed, posted: PostedPayment): Promise<void> {
  await KINDS[posting.kind].follow?.(tx, posting, posted);
}

type Aimed = Claimed & { targetId: string; amountMinor: bigint };

/** The database sees to it that these kinds have both. */
function aimed({ targetId, amountMinor, ...posting }: Claimed): Aimed {
  if (targetId === null || amountMinor === null) throw new Error(`Posting ${posting.id} aims at nothing`);
  return { ...posting, targetId, amountMinor };
}
