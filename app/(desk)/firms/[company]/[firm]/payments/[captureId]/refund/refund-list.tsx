import { MoneyText } from "#components/money-text.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { RefundRow } from "#lib/payments/refunds/read-refund.ts";

const WORDS = {
  asked: { tone: "busy", word: "Sent to Stripe; no answer yet" },
  pending: { tone: "busy", word: "Refund pending" },
  succeeded: { tone: "ok", word: "Refunded" },
  failed: { tone: "danger", word: "Failed" },
} as const;

type RefundListProps = { refunds: RefundRow[]; where: { country: string; timeZone: string } };

/** Each refund of a payment, newest first. */
export function RefundList({ refunds, where }: RefundListProps) {
  return (
    <ul className="border-line border-t">
      {refunds.map(({ refundId, state, amountMinor, currency, note, createdAt }) => (
        <li key={refundId} className="flex flex-wrap justify-between gap-x-6 border-line border-b py-2.5">
          <span className="grid">
            <StatusWord tone={WORDS[state].tone}>{WORDS[state].word}</StatusWord>
            <span className="break-words text-muted text-sm">
              {formatInstant(createdAt, where)} · {note ?? "Made in Stripe"}
            </span>
          </span>
          <MoneyText money={{ minor: amountMinor, currency }} />
        </li>
      ))}
    </ul>
  );
}
