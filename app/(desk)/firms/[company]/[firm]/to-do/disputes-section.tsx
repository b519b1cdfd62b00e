import type { Place } from "#app/door/action.ts";
import { MoneyText } from "#components/money-text.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { disputeNow } from "#lib/payments/disputes/dispute-words.ts";
import type { DisputeRow } from "#lib/payments/disputes/read-disputes.ts";

type DisputesSectionProps = {
  place: Place;
  where: { country: string; timeZone: string };
  disputes: DisputeRow[];
};

/** What clients' banks wait for: whose payment of which invoice, how much, and until when. */
export function DisputesSection({ place, where, disputes }: DisputesSectionProps) {
  return (
    <section aria-labelledby="disputed" className="grid gap-3 border-line border-t py-5">
      <h2 id="disputed" className="font-semibold text-lg">
        Disputes and inquiries to answer
      </h2>
      <p>Answer each in Stripe, or accept it there. The payment's page has the evidence as a file.</p>
      <ul>
        {disputes.map((dispute) => (
          <li
            key={dispute.disputeId}
            className="flex flex-wrap items-start justify-between gap-x-6 border-line border-t py-2.5"
          >
            <span className="grid">
              <a
                className="inline-flex min-h-11 items-center wrap-anywhere"
                href={`/firms/${place.company}/${place.firm}/payments/${dispute.captureId}`}
              >
                {dispute.payer.name ?? dispute.payer.email ?? "The client"}: {dispute.numbers.join(", ")}
              </a>
              <span>{disputeNow(dispute, (at) => formatInstant(at, where))}</span>
            </span>
            <MoneyText money={{ minor: dispute.amountMinor, currency: dispute.currency }} />
          </li>
        ))}
      </ul>
    </section>
  );
}
