/**
 * Xero Central: "You can include a maximum of 50 invoices in a batch deposit". Others report 200 of the API; its documents
 * are silent.
 */
const MOST_IN_BATCH = 50;

/**
 * The documents that Xero takes for what was paid at once, each with its lines: one batch as far as that goes, for the bank
 * shows it as one line; in another currency than the organisation's own a payment for each invoice, since "You can only make
 * batch payments in the organisation base currency via the API" (DOC batchpayments, Limitations). The same lines in any
 * order make the same documents.
 */
export function documentsFor<L extends { invoiceId: string }>(
  lines: L[],
  { isBase }: { isBase: boolean },
): L[][] {
  const ordered = lines.toSorted((a, b) => (a.invoiceId < b.invoiceId ? -1 : 1));
  const size = isBase ? MOST_IN_BATCH : 1;
  return Array.from({ length: Math.ceil(ordered.length / size) }, (_, at) =>
    ordered.slice(at * size, (at + 1) * size),
  );
}
