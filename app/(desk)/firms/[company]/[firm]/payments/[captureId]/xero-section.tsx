import { ExternalLink } from "#components/external-link.tsx";
import { Facts } from "#components/facts.tsx";
import { longText } from "#components/long-text.ts";
import { MoneyText } from "#components/money-text.tsx";
import { Notice } from "#components/notice.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { Table } from "#components/table.tsx";
import { formatDate, formatInstant } from "#lib/core/text/date-words.ts";
import { type PaymentStory, xeroPaymentOf } from "#lib/evidence/read-payment.ts";
import { STANDING_WORDS } from "#lib/evidence/standing-words.ts";
import { standingOf } from "#lib/payments/read.ts";
import { invoiceAtXero, paymentAtXero } from "#lib/xero/organisations/deep-links.ts";
import type { Where } from "./load-payment.ts";

/** Whose words a posting's message is. */
const MESSAGES: Record<string, string> = { refused: "Xero says", by_hand: "Done by hand" };

/** `toDo`: where a person does something about a payment that waits for one. */
type XeroSectionProps = { payment: PaymentStory; where: Where; toDo: string };

/** Where it stands in the books, in Xero's own words when it said no, and the way to each document there. */
export function XeroSection({ payment, where, toDo }: XeroSectionProps) {
  const { postings, books, lines, currency, problem } = payment;
  const { tone, word } = STANDING_WORDS[payment.standing];
  return (
    <Section id="in-xero" title="In Xero" result={<StatusWord tone={tone}>{word}</StatusWord>}>
      {payment.standing === "needs_you" && (
        <p>
          It waits on the{" "}
          <a href={toDo} className="inline-flex min-h-11 items-center">
            to-do list
          </a>
          .
        </p>
      )}
      {problem && (
        <Notice tone="warn" title="The money differs from what was asked">
          {problem} It is written to no invoice. Refund it at the processor, or enter it in Xero by hand.
        </Notice>
      )}
      {postings.map((posting) => (
        <Facts
          key={posting.postingId}
          facts={[
            { label: "Organisation", value: books.organisationName },
            { label: "Reference", value: posting.reference },
            { label: "Dated", value: formatDate(posting.date, where.country) },
            ...(posting.doneAt ? [{ label: "Written", value: formatInstant(posting.doneAt, where) }] : []),
            ...(posting.kind === "batch_payment" && posting.xeroId
              ? [{ label: "Batch payment", value: <Id>{posting.xeroId}</Id> }]
              : []),
            ...(posting.message
              ? [
                  {
                    label: MESSAGES[posting.state] ?? "Waiting",
                    value: posting.state === "refused" ? <q>{posting.message}</q> : posting.message,
                  },
                ]
              : []),
          ]}
        />
      ))}
      {lines.length > 0 && (
        <Table
          caption="Invoices that it paid"
          columns={[{ label: "Invoice" }, { label: "Amount", numeric: true }, { label: "Payment in Xero" }]}
          rows={lines.map(({ invoiceId, number, amountMinor: minor }) => {
            const paymentId = xeroPaymentOf(payment, invoiceId);
            const told = postings.find((one) => one.lines.some((line) => line.invoiceId === invoiceId));
            const reference = told?.reference ?? "";
            return {
              key: invoiceId,
              cells: [
                <ExternalLink key="invoice" href={invoiceAtXero(books, { invoiceId, number })}>
                  <span className={longText(number)}>{number}</span>
                </ExternalLink>,
                <MoneyText key="amount" money={{ minor, currency }} />,
                paymentId ? (
                  <ExternalLink key="payment" href={paymentAtXero(books, { paymentId, reference })}>
                    <Id>{paymentId}</Id>
                  </ExternalLink>
                ) : (
                  "Not there yet"
                ),
              ],
            };
          })}
        />
      )}
      {payment.surpluses.length > 0 && (
        <Table
          caption="More than was owed"
          columns={[
            { label: "Paid for" },
            { label: "Amount", numeric: true },
            { label: "Went to" },
            { label: "In Xero" },
          ]}
          rows={payment.surpluses.map(({ surplusId, from, to, amountMinor: minor, posting: told }) => ({
            key: surplusId,
            cells: [
              <span key="from" className={longText(from)}>
                {from}
              </span>,
              <MoneyText key="amount" money={{ minor, currency }} />,
              <span key="to" className={longText(to ?? "")}>
                {to ?? "An overpayment"}
              </span>,
              told ? (
                <span key="told">
                  {told.reference}, {STANDING_WORDS[standingOf(null, [told.state])].word.toLowerCase()}
                </span>
              ) : (
                "Not there"
              ),
            ],
          }))}
        />
      )}
    </Section>
  );
}

function Id({ children }: { children: string }) {
  return <span className="wrap-anywhere">{children}</span>;
}
