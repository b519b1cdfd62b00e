import type { SyncState } from "../read.ts";

/** What the mirror holds, in a bookkeeper's words. */
const WORDS: Record<SyncState["kind"], string> = {
  accounts: "accounts",
  contacts: "contacts",
  invoices: "invoices and bills",
  credit_notes: "credit notes",
  overpayments: "overpayments",
  prepayments: "prepayments",
  payments: "payments",
  part_paid: "part-paid invoices",
  tax_rates: "tax rates",
  currencies: "currencies",
  branding_themes: "branding themes",
  items: "items",
  tracking_categories: "tracking categories",
  organisation: "lock dates",
};

export function kindInWords(kind: SyncState["kind"]): string {
  return WORDS[kind];
}

type Reading = Pick<SyncState, "page" | "pages" | "rows" | "startedAt">;

/** How far a first reading is: rows read, about how many there are, and the seconds it may still take at its pace so far. */
export type Progress = { done: number; total: number | null; secondsLeft: number | null };

/** Null when nothing is being read. Until the first page has come nobody knows how many there are. */
export function progressOf({ page, pages, rows, startedAt }: Reading, now: Date): Progress | null {
  if (page === null) return null;
  const read = page - 1;
  if (read === 0 || pages === null) return { done: rows, total: null, secondsLeft: null };
  const left = Math.max(0, pages - read);
  const seconds = Math.max(0, (now.getTime() - startedAt.getTime()) / 1_000);
  return {
    done: rows,
    total: Math.round((rows / read) * pages),
    secondsLeft: Math.round((seconds / read) * left),
  };
}

/** "about 3 minutes left", "less than a minute left", "about 2 hours left". */
export function leftInWords(seconds: number): string {
  if (seconds < 60) return "less than a minute left";
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
  return `about ${Math.round(minutes / 60)} hours left`;
}
