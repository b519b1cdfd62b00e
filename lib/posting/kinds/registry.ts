import type { PostingKind } from "#db/schema/posting.ts";
import type { Db } from "#lib/core/db.ts";
import type { XeroApi } from "#lib/xero/api/xero-api.ts";
import { CAUSES, type Cause, causeBy } from "../causes.ts";
import { allocation } from "../order-kinds/allocation.ts";
import { attachment } from "../order-kinds/attachment.ts";
import { contact } from "../order-kinds/contact.ts";
import { invoice } from "../order-kinds/invoice.ts";
import { invoiceEmail } from "../order-kinds/invoice-email.ts";
import { orderCredit } from "../order-kinds/order-credit.ts";
import { purchaseOrder } from "../order-kinds/purchase-order.ts";
import type { Claimed, Posting } from "../store.ts";
import { batchPayment } from "./batch-payment.ts";
import { chore } from "./chore.ts";
import { creditNote } from "./credit-note.ts";
import { creditRefund } from "./credit-refund.ts";
import { fee } from "./fee.ts";
import type { DocumentKind, Posted, Together } from "./kind.ts";
import { overpayment } from "./overpayment.ts";
import { payment } from "./payment.ts";
import { removal } from "./removal.ts";
import { transfer, transferBack } from "./transfer.ts";

/** Every kind of document that the desk writes to Xero; which have lines stands in POSTING_KINDS. */
const KINDS: Record<PostingKind, DocumentKind> = {
  payment,
  batch_payment: batchPayment,
  credit_note: creditNote,
  credit_refund: creditRefund,
  allocation,
  removal,
  overpayment,
  chore,
  fee,
  transfer,
  transfer_back: transferBack,
  invoice,
  purchase_order: purchaseOrder,
  order_credit: orderCredit,
  contact,
  attachment,
  invoice_email: invoiceEmail,
};

/** What a document is called on a list of things to do, before its reference. */
export function kindInWords(kind: PostingKind): string {
  return KINDS[kind].words;
}

export type Refusal = {
  kind: PostingKind;
  /** Xero's words, all of them. */
  message: string;
  /** What the document aims at beside the clearing account, by its id and code; empty when that is no account. */
  target: string[];
};

/** The cause of a refusal; "other" for words that we don't know. */
export function causeOf({ kind, message, target }: Refusal): Cause {
  if (kind === "chore") return "chore";
  return causeBy(KINDS[kind].refusals ?? [], { message, target });
}

/** Of a refused posting as it is kept; one of a version that kept no cause is told by its words. */
export function causeOfPosting({ kind, message, cause }: Pick<Posting, "kind" | "message" | "cause">): Cause {
  return CAUSES.find((one) => one === cause) ?? causeOf({ kind, message: message ?? "", target: [] });
}

/** Null when nothing has to be read first. */
export function preparing(posting: Claimed): ((xero: XeroApi) => Promise<object>) | null {
  const { prepare } = KINDS[posting.kind];
  return prepare && posting.body === null ? (xero) => prepare(xero, posting) : null;
}

/** What it keeps once Xero has refused it: what was read for it may be mended there, and is read anew. */
export function keptWhenRefused({ kind, body }: Claimed): unknown {
  return KINDS[kind].prepare ? null : body;
}

export function sendDocument(db: Db, xero: XeroApi, posting: Claimed): Promise<Posted> {
  return KINDS[posting.kind].send(xero, posting, `cf:${posting.id}:${posting.keyRound}`, db);
}

/** How several of a kind go in one call; undefined where each goes by itself. */
export function togetherOf(kind: PostingKind): Together | undefined {
  return KINDS[kind].together;
}

/** What Xero made of it that was not asked for, in sentences. */
export function differencesOf(posting: Posting, posted: Posted): string[] {
  return KINDS[posting.kind].differences?.(posting, posted) ?? [];
}

export async function findDocument(xero: XeroApi, posting: Claimed): Promise<Posted | undefined> {
  const [first] = await findDocuments(xero, posting);
  return first;
}

/** All that Xero has under its reference: more than one only when a slow send of ours came through after all. */
export async function findDocuments(xero: XeroApi, posting: Posting): Promise<Posted[]> {
  return KINDS[posting.kind].find(xero, posting);
}

export async function followDocument(tx: Db, posting: Claimed, posted: Posted): Promise<void> {
  await KINDS[posting.kind].follow?.(tx, posting, posted);
}
