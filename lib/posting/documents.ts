import type { NewPayment, PostedPayment, XeroApi } from "#lib/xero/types.ts";
import type { Claimed, Posting } from "./store.ts";

/** How one kind of document is written to Xero, and how it is found again by its reference. */
type DocumentKind = {
  send(xero: XeroApi, payment: NewPayment, idempotencyKey: string): Promise<PostedPayment>;
  find(xero: XeroApi, posting: Posting): Promise<PostedPayment[]>;
};

const KINDS: Record<Posting["kind"], DocumentKind> = {
  payment: {
    send: (xero, payment, key) => xero.createPayment(payment, key),
    find: (xero, posting) => xero.findPayments(posting.reference, posting.currency),
  },
  batch_payment: {
    send: (xero, payment, key) => xero.createBatchPayment(payment, key),
    find: (xero, posting) => xero.findBatchPayments(posting.reference, posting.currency),
  },
};

export function sendDocument(xero: XeroApi, posting: Claimed): Promise<PostedPayment> {
  const { reference, accountId, date, currency, lines, kind } = posting;
  return KINDS[kind].send(
    xero,
    { reference, accountId, date, currency, lines },
    `cf:${posting.id}:${posting.keyRound}`,
  );
}

export async function findDocument(xero: XeroApi, posting: Claimed): Promise<PostedPayment | undefined> {
  const [first] = await KINDS[posting.kind].find(xero, posting);
  return first;
}
