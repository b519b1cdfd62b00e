import type { BooksChart } from "#lib/mirror/chart.ts";
import type { OrderSettings } from "./mapping.ts";
import { stockAccountFault } from "./target-rules.ts";

/** Settings as a person may save them unchanged; without a sales account where the chart has none that suits. */
export type ProposedSettings = Omit<OrderSettings, "salesAccountCode"> & { salesAccountCode: string | null };

/**
 * Settings for an organisation that has none saved, by its chart: the accounts that Xero's own default chart keeps for sales
 * (200), cost of goods (310, in some countries 500) and inventory (630), else the first by code of a type that suits. Each
 * names only accounts that lines may go to.
 */
export function proposedSettings(chart: BooksChart): ProposedSettings {
  const usable = chart.accounts
    .flatMap(({ code, ...one }) => (code && !stockAccountFault(chart, code) ? [{ code, ...one }] : []))
    .sort((a, b) => a.code.localeCompare(b.code));
  const first = (suits: (one: Usable) => boolean) => usable.find(suits)?.code ?? null;
  const ofType = (type: string, ...usual: string[]) =>
    first((one) => one.type === type && usual.includes(one.code)) ?? first((one) => one.type === type);
  return {
    process: "untracked",
    invoiceStatus: "AUTHORISED",
    numbering: "order",
    numberPrefix: "",
    dueDays: 14,
    emailInvoices: false,
    onLocked: "hold",
    onCancel: "void",
    onUnmapped: "fallback",
    salesAccountCode:
      first((one) => one.class === "revenue" && one.code === "200") ?? ofType("SALES") ?? ofType("REVENUE"),
    salesTaxType: null,
    costAccountCode: ofType("DIRECTCOSTS", "310", "500"),
    inventoryAccountCode: ofType("INVENTORY", "630"),
    // Not by its code: "do not assume 860" (xero-documents 2.2).
    roundingAccountCode: first((one) => one.systemAccount === "ROUNDING"),
    cashContactId: null,
    supplierContactId: null,
  };
}

type Usable = BooksChart["accounts"][number] & { code: string };
