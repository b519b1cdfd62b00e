import { z } from "zod";
import type { NewInvoice, WrittenDocument } from "#lib/xero/api/types.ts";
import type { Answers, XeroApi } from "#lib/xero/api/xero-api.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { ACCOUNT, CONTACT, type Sign, TAX } from "../causes.ts";
import type { DocumentKind, Together } from "../kinds/kind.ts";
import type { Posting } from "../store.ts";
import { orderDifferences } from "./order-differences.ts";

/** What Xero recommends for one request (xero-documents 1). */
const MOST_TOGETHER = 50;

/** What Xero's words mean of the lines, the number and the contact of an order's document (xero-documents 13). */
export const DOCUMENT_REFUSALS: Sign[] = [
  { cause: "number_taken", says: /(#|number) must be unique/i },
  // The words of an unknown item are not attested.
  { cause: "item", says: /\bitem\b.*(not valid|not found|tracked)|\bitem code\b|inventory item/i },
  { cause: "line_tax", says: TAX },
  { cause: "line_account", says: ACCOUNT },
  { cause: "line_account", says: /account code or id must be specified|inventory account/i },
  { cause: "contact", says: CONTACT },
];

type Whole<B, R> = {
  body: z.ZodType<B>;
  /** What goes to Xero of it. */
  rowOf(posting: Posting, body: B): R;
  /** What Xero's answer names it by. */
  keyOf(row: R): string;
  create(xero: XeroApi): (rows: R[], idempotencyKey: string) => Promise<Answers<WrittenDocument>>;
  find(xero: XeroApi, body: B): Promise<WrittenDocument[]>;
  /** See Together. */
  isTakenOnce(body: B): boolean;
};

/**
 * How a document goes to Xero that stands in its body from the first. One goes as several do: in a list, of which Xero takes or
 * refuses each by itself.
 */
export function whole<B, R>(kind: Whole<B, R>): Required<Pick<DocumentKind, "send" | "together" | "find">> {
  const bodyOf = ({ body }: Posting): B => kind.body.parse(body);
  const send: Together["send"] = async (xero, postings, key) => {
    const rows = new Map(postings.map((posting) => [posting, kind.rowOf(posting, bodyOf(posting))]));
    const answers = await kind.create(xero)([...rows.values()], key);
    return new Map(
      [...rows].flatMap(([{ reference }, row]) => {
        const answer = answers.get(kind.keyOf(row));
        return answer ? [[reference, answer] as const] : [];
      }),
    );
  };
  return {
    async send(xero, posting, key) {
      const answer = (await send(xero, [posting], key)).get(posting.reference);
      if (!answer) throw new XeroFault({ kind: "unreadable" });
      if (answer instanceof XeroFault) throw answer;
      return answer;
    },
    together: {
      most: MOST_TOGETHER,
      atFirst: 8,
      fitting: async (_, postings) => postings,
      send,
      isTakenOnce: (posting) => kind.isTakenOnce(bodyOf(posting)),
    },
    find: (xero, posting) => kind.find(xero, bodyOf(posting)),
  };
}

/** What an order's documents have in common; `lines` as the kind's schema has them. */
type OrderBody = {
  contactId: string | null;
  referenceText: string;
  date: string;
  status: "AUTHORISED" | "DRAFT";
  amounts: "Exclusive" | "Inclusive" | "NoTax";
};

/** The same, as it goes to Xero. Throws when the contact that it waits for is not in Xero: then it should not have been taken. */
export function rowOfOrder(
  { id, currency }: Posting,
  { contactId, referenceText, date, status, amounts }: OrderBody,
): Omit<NewInvoice, "number" | "dueDate" | "url" | "lines"> {
  if (contactId === null) throw new Error(`Posting ${id} waits for its contact`);
  return { reference: referenceText, contactId, date, currency, status, amounts };
}

const sentBody = z.object({
  status: z.enum(["AUTHORISED", "DRAFT"]),
  lines: z.array(z.object({ tracking: z.array(z.object({ optionId: z.string() })) })),
});

/** What Xero made of it that its body does not say. */
export const differences: NonNullable<DocumentKind["differences"]> = (posting, posted) =>
  orderDifferences(posting, sentBody.parse(posting.body), posted);
