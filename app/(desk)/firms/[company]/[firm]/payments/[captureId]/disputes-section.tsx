import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { MoneyText } from "#components/money-text.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { formatInstant } from "#lib/core/date-words.ts";
import { db } from "#lib/core/db.ts";
import { type DisputeRow, listDisputesOf } from "#lib/payments/read-disputes.ts";

const WORDS = {
  open: { tone: "warn", word: "Not decided yet" },
  won: { tone: "ok", word: "Won: the money stays" },
  lost: { tone: "danger", word: "Lost: the money is gone" },
} as const;

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
              <StatusWord tone={WORDS[dispute.state].tone}>{WORDS[dispute.state].word}</StatusWord>
              <span>{whatNow(dispute, where)}</span>
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

function whatNow(
  { state, dueBy, isWhole }: DisputeRow,
  where: { country: string; timeZone: string },
): string | null {
  switch (state) {
    case "open":
      return dueBy
        ? `Answer in Stripe by ${formatInstant(dueBy, where)}. The evidence is below, as a file.`
        : "Stripe takes no evidence for it.";
    case "won":
      return null;
    case "lost":
      return isWhole
        ? "The payment is taken off in Xero; its invoices are owed again."
        : "It is a part of the payment: enter it in Xero by hand.";
  }
}
