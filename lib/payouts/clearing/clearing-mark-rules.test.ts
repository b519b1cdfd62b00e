import { expect, test } from "vitest";
import type { Books, Entry } from "./clearing-facts.ts";
import { toCarry } from "./clearing-mark-rules.ts";

const entry = (entryId: string, date: string, reference: string | null = null): Entry => ({
  ...{ entryId, date, reference },
  ...{ minor: 100n, isPayment: false, transferId: null },
});

const NOTHING: Books = {
  ...{ accountId: "clearing", baseCurrency: "AUD", startsOn: "2026-07-01", entries: [], documents: [] },
  ...{ payouts: [], payoutEntries: [], money: { captures: [], refunds: [], disputes: [] } },
};

test("of what is from before the first day only what nothing open may be about is one sum", () => {
  const fee = entry("a fee of a payout to come", "2026-01-02", "CF-AAAAAAAAAA");
  const young = entry("as young as what is open", "2026-05-01");
  const books = { ...NOTHING, entries: [entry("of long ago", "2026-01-01"), fee, young] };
  expect(toCarry(books, { open: books, since: "2026-06-01", sumBefore: "2026-05-01" })).toEqual({
    beforeMinor: 100n,
    entries: [fee, young],
  });
});
