import { formatMoney, type Money } from "#lib/core/money/money.ts";
import { formatDay, type IsoDate } from "#lib/core/text/date-words.ts";
import type { Reader } from "../types.ts";
import { Message } from "./message.tsx";

type OnItsWayViewProps = Reader & {
  amount: Money;
  sentOn: IsoDate;
  /** "bank debit", "card". */
  method: string;
  /** How long such a payment usually takes; null when it is a matter of minutes. */
  usualDays: number | null;
};

/** All that is due has been sent and is not confirmed yet. */
export function OnItsWayView({ amount, sentOn, method, usualDays, country, today }: OnItsWayViewProps) {
  return (
    <Message title="On its way">
      <p>
        A payment of {formatMoney(amount)} was sent on {formatDay(sentOn, country, today)} by {method}. It
        usually takes{" "}
        {usualDays === null ? "a few minutes" : `${usualDays} ${usualDays === 1 ? "day" : "days"}`}.
      </p>
      <p>
        There is nothing more to pay, and nothing is charged twice.
        {usualDays !== null && " A bank debit that was given can't be taken back here."}
      </p>
    </Message>
  );
}
