import { ExternalLink } from "#components/external-link.tsx";
import { Facts } from "#components/facts.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { Section } from "#components/section.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { PaymentStory } from "#lib/evidence/read-payment.ts";
import { paymentAtStripe } from "#lib/processor/stripe/dashboard.ts";
import type { Where } from "./load-payment.ts";

export function MoneySection({ payment, where }: { payment: PaymentStory; where: Where }) {
  const { amountMinor: minor, currency, payer, processor, objectRef, receiptSentAt } = payment;
  const atStripe = paymentAtStripe(processor, objectRef);
  return (
    <Section id="money" title="Payment">
      <Facts
        facts={[
          {
            label: "Payer",
            value: <span className="wrap-anywhere">{payer.name ?? "Not known"}</span>,
            note: payer.email && <span className="wrap-anywhere">{payer.email}</span>,
          },
          { label: "Amount", value: <MoneyText money={{ minor, currency }} /> },
          { label: "Method", value: payment.method ?? "Card" },
          { label: "Paid", value: formatInstant(payment.capturedAt, where) },
          {
            label: "From",
            value: payer.ip ?? "Not known",
            note: payer.userAgent && <span className="wrap-anywhere">{payer.userAgent}</span>,
          },
          {
            label: "Receipt",
            value: receiptSentAt ? `Sent ${formatInstant(receiptSentAt, where)}` : "Not sent yet",
          },
          {
            label: "Terms",
            value: payment.terms ? `Version ${payment.terms.version}` : "None accepted",
            note: payer.termsAcceptedAt && `Accepted ${formatInstant(payer.termsAcceptedAt, where)}`,
          },
          {
            label: "In Stripe",
            value: (
              <span className="wrap-anywhere">
                {atStripe ? <ExternalLink href={atStripe}>{objectRef}</ExternalLink> : objectRef}
              </span>
            ),
            note: `${processor.displayName}${processor.livemode ? "" : ", test mode"}`,
          },
        ]}
      />
    </Section>
  );
}
