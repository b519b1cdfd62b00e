import { type AnyColumn, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { at, bytes, id, minor } from "./columns.ts";
import { firms } from "./firms.ts";
import { connections } from "./xero.ts";

/**
 * Each kind of document, and what it pays by: "lines", one an invoice, or one amount that aims at a target; "whole" are those
 * that move no money of an account of ours, and stand in their body. How it is written to Xero is in lib/posting/kinds/ and order-kinds/, a file each.
 */
export const POSTING_KINDS = {
  payment: "lines",
  batch_payment: "lines",
  credit_note: "target",
  credit_refund: "target",
  removal: "target",
  overpayment: "target",
  /** What only a person can do in Xero: refused from the first, and never sent. */
  chore: "target",
  fee: "target",
  transfer: "target",
  transfer_back: "target",
  invoice: "whole",
  purchase_order: "whole",
  /** The credit note of what an order takes back. */
  order_credit: "whole",
  contact: "whole",
  /** What goes with an invoice of an order: a file of it, and its e-mail to the client. */
  attachment: "whole",
  invoice_email: "whole",
  /** Sets the credit note of an order against its invoice. */
  allocation: "target",
} as const satisfies Record<string, "lines" | "target" | "whole">;
export type PostingKind = keyof typeof POSTING_KINDS;

export const KIND_NAMES = Object.keys(POSTING_KINDS) as [PostingKind, ...PostingKind[]];
const kindsOf = (pays: "lines" | "target" | "whole") =>
  sql.raw(
    KIND_NAMES.filter((kind) => POSTING_KINDS[kind] === pays)
      .map((kind) => `'${kind}'`)
      .join(", "),
  );

/** Those that go after all others: what is paid is told first. In SQL, of a row. */
export const isWhole = (kind: AnyColumn) => sql`${kind} in (${kindsOf("whole")})`;

/** What goes after the posting that makes its contact, or its invoice, waits until that one's id is known. In SQL, of a row. */
export const isAfterItsFirst = ({ afterId, body }: Record<"afterId" | "body", AnyColumn>) =>
  sql`(${afterId} is null or ${body} ->> 'contactId' is not null or ${body} ->> 'invoiceId' is not null)`;

/** A document that must be in Xero exactly once. Made in the transaction that makes the need for it. */
export const postings = pgTable(
  "postings",
  {
    id: id(),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    connectionId: uuid()
      .notNull()
      .references(() => connections.id),
    kind: text({ enum: KIND_NAMES }).notNull(),
    /**
     * What it is for, the capture, its surplus, the refund or its line, the dispute, the posting that it takes off, the
     * payout or what is in it: one posting of a kind for each, unless Xero takes it only in parts.
     */
    sourceId: uuid().notNull(),
    /** Which part of its source it is, from 0: what several documents tell of a capture, or take off again. */
    part: integer().notNull().default(0),
    /** CF-XXXXXXXXXX, in the document's Reference: how we find it again. */
    reference: text().notNull(),
    /** The account whose money it moves, clearing or a till's; "" for what moves none: a "whole" one, and its removal. */
    accountId: text().notNull(),
    currency: text().notNull(),
    /**
     * The invoice that a credit note takes back, the credit note or overpayment that a refund pays out, what is taken off,
     * the contact of an overpayment, the payment of a chore, the credit note that is allocated, a fee's account, or the bank account at the other end of a
     * transfer; payments have lines.
     */
    targetId: text(),
    /** It goes only once that one is in Xero: an invoice after the contact that it is for, a file after its invoice. */
    afterId: uuid().references((): AnyPgColumn => postings.id),
    /**
     * Of all that has no lines; a fee or a transfer that is negative goes the other way. What a document of an order comes to: as
     * we reckon until it is in Xero, then as Xero had it.
     */
    amountMinor: minor(),
    /**
     * A credit note as it was first sent (sent again it must be the same to the letter), what a removal frees, what an
     * overpayment says, or a fee's tax.
     */
    body: jsonb(),
    /** The day it happened, where the organisation is. */
    date: date({ mode: "string" }).notNull(),
    /** by_hand: a person has seen to it in Xero, and said so; it is never sent. */
    state: text({ enum: ["ready", "sending", "unknown", "done", "refused", "by_hand"] })
      .notNull()
      .default("ready"),
    /** Counts the claims; a worker that finishes under an older one writes nothing. */
    generation: integer().notNull().default(0),
    leaseUntil: at(),
    dueAt: at().notNull().defaultNow(),
    /**
     * Looks in a row that found nothing; two, a pause apart, prove that it is not there. Below 0 after a call with others
     * (lib/posting/sending/rules.ts).
     */
    emptyLooks: integer().notNull().default(0),
    sends: integer().notNull().default(0),
    /** Part of Xero's Idempotency-Key; counts up when Xero has answered no, since it remembers that answer under the key. */
    keyRound: integer().notNull().default(0),
    /** PaymentID or BatchPaymentID. */
    xeroId: text(),
    /** Xero's own words when it refused, or why it waits. */
    message: text(),
    /** Of one that was refused the last time it was sent: see lib/posting/causes.ts. */
    cause: text(),
    createdAt: at().notNull().defaultNow(),
    /** When it last began to be on its way: made, or taken up again after it was refused. */
    begunAt: at().notNull().defaultNow(),
    doneAt: at(),
  },
  (t) => [
    unique("postings_source").on(t.kind, t.sourceId, t.part),
    unique("postings_reference").on(t.reference),
    index("postings_due")
      .on(t.dueAt)
      .where(sql`${t.state} in ('ready', 'sending', 'unknown') and not ${isWhole(t.kind)}`),
    // What waits for a refused contact may be thousands, for weeks.
    index("postings_due_whole")
      .on(t.dueAt)
      .where(
        sql`${t.state} in ('ready', 'sending', 'unknown') and ${isWhole(t.kind)} and ${isAfterItsFirst(t)}`,
      ),
    index("postings_after").on(t.afterId).where(sql`${t.afterId} is not null`),
    index("postings_of_connection").on(t.connectionId, t.id),
    index("postings_xero").on(t.connectionId, t.xeroId).where(sql`${t.xeroId} is not null`),
    index("postings_removals").on(t.targetId).where(sql`${t.kind} = 'removal'`),
    index("postings_of_firm").on(t.firmId, t.state),
    index("postings_done_at").on(t.doneAt).where(sql`${t.state} = 'done'`),
    check(
      "postings_done",
      sql`(${t.state} = 'done') = (${t.xeroId} is not null and ${t.doneAt} is not null)`,
    ),
    check(
      "postings_target",
      sql`(${t.kind} in (${kindsOf("target")})) = (${t.targetId} is not null) and (${t.kind} in (${kindsOf("lines")})) = (${t.amountMinor} is null)`,
    ),
    check("postings_whole", sql`not ${isWhole(t.kind)} or (${t.body} is not null and ${t.accountId} = '')`),
    check("postings_sending", sql`(${t.state} = 'sending') = (${t.leaseUntil} is not null)`),
  ],
);

export const postingLines = pgTable(
  "posting_lines",
  {
    postingId: uuid()
      .notNull()
      .references(() => postings.id),
    firmId: uuid()
      .notNull()
      .references(() => firms.id),
    connectionId: uuid()
      .notNull()
      .references(() => connections.id),
    invoiceId: text().notNull(),
    amountMinor: minor().notNull(),
    /** PaymentID of this line, also inside a batch. */
    xeroPaymentId: text(),
    /** When the mirror first saw the invoice with this payment on it: until then the money is on its way. */
    reflectedAt: at(),
    /** When the invoice's History in Xero was seen to tell of it. */
    notedAt: at(),
  },
  (t) => [
    unique("posting_lines_invoice").on(t.postingId, t.invoiceId),
    unique("posting_lines_payment").on(t.connectionId, t.xeroPaymentId),
    index("posting_lines_in_flight").on(t.connectionId, t.invoiceId).where(sql`${t.reflectedAt} is null`),
    check("posting_lines_positive", sql`${t.amountMinor} > 0`),
  ],
);

/** A file that goes on a document in Xero, as it came. */
export const attachmentFiles = pgTable("attachment_files", {
  id: id(),
  firmId: uuid()
    .notNull()
    .references(() => firms.id),
  content: bytes().notNull(),
});
