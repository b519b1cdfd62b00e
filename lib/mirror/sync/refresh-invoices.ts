import { saveInvoices } from "../store.ts";
import { refresher } from "./refresh.ts";

/** Re-reads these invoices from Xero now and keeps the answer. Throws XeroFault when Xero can't say. */
export const refreshInvoices = refresher({
  kind: "invoices",
  ask: (xero, ids) => xero.invoicesById(ids),
  idOf: ({ invoiceId }) => invoiceId,
  save: saveInvoices,
});
