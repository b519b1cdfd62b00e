import type { Metadata } from "next";
import { MoneyText } from "#components/money-text.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { inWords } from "#lib/evidence/timeline-words.ts";
import { TimelineSection } from "../../timeline-section.tsx";
import { DisputesSection } from "./disputes-section.tsx";
import { EvidenceSection } from "./evidence-section.tsx";
import { loadPayment, type PaymentPlace } from "./load-payment.ts";
import { MoneySection } from "./money-section.tsx";
import { RefundsSection } from "./refunds-section.tsx";
import { XeroSection } from "./xero-section.tsx";

export const metadata: Metadata = { title: "Payment" };

/** One payment: what it was, where it stands in Xero, and all that happened to it. */
export default async function PaymentPage({ params }: { params: Promise<PaymentPlace> }) {
  const place = await params;
  const { payment, where } = await loadPayment(place);
  const home = `/firms/${place.company}/${place.firm}`;
  const { amountMinor: minor, currency, payer } = payment;
  return (
    <>
      <PageTitle
        back={{ href: `${home}/payments`, label: "Payments" }}
        title={
          <>
            <MoneyText money={{ minor, currency }} />
            {payer.name && <span className="wrap-anywhere"> from {payer.name}</span>}
          </>
        }
        lead={formatInstant(payment.capturedAt, where)}
      />
      <div>
        <MoneySection payment={payment} where={where} />
        <XeroSection payment={payment} where={where} toDo={`${home}/to-do`} />
        <DisputesSection place={place} where={where} />
        <RefundsSection place={place} where={where} />
        <TimelineSection
          lines={payment.timeline}
          inWords={(line) => inWords(line, payment.numbers)}
          where={where}
        />
        <EvidenceSection here={`${home}/payments/${payment.captureId}`} />
      </div>
    </>
  );
}
