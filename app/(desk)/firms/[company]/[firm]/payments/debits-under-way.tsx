import { MoneyText } from "#components/money-text.tsx";
import { Section } from "#components/section.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { DebitUnderWay } from "#lib/payments/attempts/read-debits.ts";

type DebitsUnderWayProps = { debits: DebitUnderWay[]; where: { country: string; timeZone: string } };

/** What payers have promised by bank debit: not paid yet, and nobody can pay these invoices meanwhile. */
export function DebitsUnderWay({ debits, where }: DebitsUnderWayProps) {
  return (
    <Section
      id="debits"
      title="Bank debits on their way"
      intro={<p>Given by the payer; the bank answers within days. They count as paid only then.</p>}
    >
      <ul className="border-line border-t">
        {debits.map(({ attemptId, numbers, since, amountMinor, currency }) => (
          <li key={attemptId} className="flex flex-wrap justify-between gap-x-6 border-line border-b py-2.5">
            <span className="grid">
              <span className="wrap-anywhere">{numbers.join(", ")}</span>
              <span className="text-muted text-sm">{formatInstant(since, where)}</span>
            </span>
            <MoneyText money={{ minor: amountMinor, currency }} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
