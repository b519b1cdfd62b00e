import { MoneyText } from "#components/money-text.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { RefusedAttempt } from "#lib/payments/attempts/read-refused-attempts.ts";

type TurnedAwayProps = { attempts: RefusedAttempt[]; where: { country: string; timeZone: string } };

/** Clients who wanted to pay and could not: what Stripe said, of the last three days. */
export function TurnedAway({ attempts, where }: TurnedAwayProps) {
  return (
    <section aria-labelledby="turned-away" className="grid gap-3 border-line border-t py-5">
      <h2 id="turned-away" className="font-semibold text-lg">
        Stripe refused to open a payment
      </h2>
      <p>
        No money moved, and the client was asked to contact you. Mend the reason in Stripe, or agree on
        another way to pay. Each is listed for three days.
      </p>
      <ul>
        {attempts.map(({ attemptId, currency, amountMinor, at, numbers, reason }) => (
          <li key={attemptId} className="grid gap-1 border-line border-t py-3">
            <p className="flex flex-wrap justify-between gap-x-6 font-semibold">
              <span>{numbers.join(", ")}</span>
              <MoneyText money={{ minor: amountMinor, currency }} />
            </p>
            <p>{reason}</p>
            <p className="text-muted text-sm">{formatInstant(at, where)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
