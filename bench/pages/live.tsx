import { faceOf, PayPage, readerOf } from "#app/pay/pay-page.tsx";
import { ChooseView } from "#components/pay/choose/choose-view.tsx";
import { db } from "#lib/core/db.ts";
import { fromDecimal } from "#lib/core/money/money.ts";
import { findFirmForPayer } from "#lib/firms/read.ts";
import { endpoints } from "#lib/xero/api/endpoints.ts";
import { getLine } from "#lib/xero/organisations/connections.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { freshAccessToken } from "#lib/xero/tokens/refresh.ts";

type Props = { searchParams: Promise<{ company: string; firm: string; invoice: string }> };
type XeroInvoice = {
  InvoiceID: string;
  InvoiceNumber: string;
  AmountDue: number;
  CurrencyCode: string;
  DueDateString: string;
};

/**
 * What a straightforward integration does: finds the firm and its token, and asks Xero for the invoice each time. Kinder
 * to it than life: one call, no check of the amount, no rate limit of ours, and a Xero that answers from this machine.
 */
export default async function LivePage({ searchParams }: Props) {
  const { company, firm: slug, invoice: number } = await searchParams;
  const params = { company, firm: slug };
  const firm = await findFirmForPayer(db(), company, slug);
  const [books] = firm ? await payConnections(db(), firm.firmId) : [];
  const line = books && (await getLine(db(), books.connectionId));
  if (!firm || !books || !line) throw new Error("The bench's firm is not connected");

  const answer = await fetch(
    `${endpoints().accounting}/Invoices?InvoiceNumbers=${encodeURIComponent(number)}`,
    {
      headers: {
        accept: "application/json",
        authorization: `Bearer ${await freshAccessToken(db(), line.grantId)}`,
        "xero-tenant-id": line.tenantId,
      },
    },
  );
  if (!answer.ok) throw new Error(`Xero said ${answer.status}`);
  const [found] = ((await answer.json()) as { Invoices: XeroInvoice[] }).Invoices;
  if (!found) throw new Error(`Xero has no ${number}`);

  const due = { minor: fromDecimal(found.AmountDue, found.CurrencyCode), currency: found.CurrencyCode };
  return (
    <PayPage params={params} firm={firm} books={books} step="choose" isTest={false}>
      <ChooseView
        {...readerOf(books)}
        heading={`Invoice ${found.InvoiceNumber}`}
        outstandingTotal={due}
        lines={[
          {
            invoiceId: found.InvoiceID,
            number: found.InvoiceNumber,
            dueDate: found.DueDateString.slice(0, 10),
            due,
            inFlight: null,
            inFlightSince: null,
            payable: true,
            mayStartAgain: false,
            reason: null,
            checked: true,
          },
        ]}
        notes={[]}
        error={null}
        action="/bench/live"
        againAction="/bench/live"
        hidden={{ link: number }}
        gate={{
          firm: faceOf(params, firm, books),
          codes: [{ key: "k", masked: "b•••@b•••.example" }],
          action: "/bench/live",
          hidden: { link: number },
        }}
      />
    </PayPage>
  );
}
