import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { MoneyText } from "#components/money-text.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { db } from "#lib/core/db.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { DISPUTE_WORDS, disputeNow } from "#lib/payments/disputes/dispute-words.ts";
import { listDisputesOf } from "#lib/payments/disputes/read-disputes.ts";

type DisputesSectionProps = {
  place: Place & { captureId: string };
  where: { country: string; timeZone: string };
};

/** What the payer's bank has against this payment; nothing when it has nothing. */
export async function DisputesSection({ place, where }: DisputesSectionProps) {
  const { firm } = await requireFirmPage(place, "see");
  const disputes = await listDisputesOf(db(), firm, place.captureId);
  if (disputes.length === 0) return null;
  return (
    <Section id="disputes" title="Disputed">
      <ul className="border-line border-t">
        {disputes.map((dispute) => (
          <li
            key={dispute.disputeId}
            className="flex flex-wrap justify-between gap-x-6 border-line border-b py-2.5"
          >
            <span className="grid">
              <StatusWord tone={DISPUTE_WORDS[dispute.state].tone}>
                {DISPUTE_WORDS[dispute.state].word}
              </StatusWord>
              <span>{disputeNow(dispute, (at) => formatInstant(at, where))}</span>
              <span className="wrap-anywhere text-muted text-sm">
                Since {formatInstant(dispute.openedAt, where)} · the bank's reason:{" "}
                {dispute.reason.replaceAll("_", " ")}
              </span>
            </span>
            <MoneyText money={{ minor: dispute.amountMinor, currency: dispute.currency }} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
