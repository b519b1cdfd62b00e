import type { ReviewedOrder, Verdict } from "#lib/orders/upload/review-upload.ts";

type Word = {
  verdict: Verdict;
  word: string;
  tone: "ok" | "busy" | "warn" | "danger" | "quiet";
  means: string;
};

/** What becomes of an order of a file, in a word, and what that means. */
export const VERDICT_WORDS: readonly Word[] = [
  { verdict: "new", word: "New", tone: "ok", means: "Written to Xero within a minute of being sent." },
  {
    ...{ verdict: "changed", word: "Changed", tone: "busy" },
    means: "Sent before; its invoice in Xero is replaced as far as Xero allows it.",
  },
  {
    ...{ verdict: "held", word: "Held", tone: "warn" },
    means:
      "Taken when it is sent, and waits until what keeps it is mended in the desk or in Xero; then it goes by itself.",
  },
  {
    verdict: "same",
    word: "Same as before",
    tone: "quiet",
    means: "Sent before, just as it is. Not sent again.",
  },
  {
    ...{ verdict: "refused", word: "Refused", tone: "danger" },
    means: "Not sent. Mend the file and upload it again: what was sent of it is not sent twice.",
  },
];

export function countOf(orders: ReviewedOrder[], wanted: Verdict): number {
  return orders.filter(({ verdict }) => verdict === wanted).length;
}

export function wordOf(wanted: Verdict): Word {
  const found = VERDICT_WORDS.find(({ verdict }) => verdict === wanted);
  if (!found) throw new Error(`There is no word for ${wanted}`);
  return found;
}
