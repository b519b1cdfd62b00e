import { formatDay, type IsoDate } from "#lib/core/text/date-words.ts";
import { ButtonLink } from "../../forms/button.tsx";
import type { Reader } from "../types.ts";
import { Message } from "./message.tsx";

type PaidAlreadyViewProps = Reader & {
  number: string;
  paidOn: IsoDate | null;
  /** When it was paid here. */
  receiptHref: string | null;
};

export function PaidAlreadyView({ number, paidOn, receiptHref, country, today }: PaidAlreadyViewProps) {
  return (
    <Message
      title="Paid already"
      actions={receiptHref && <ButtonLink href={receiptHref}>See the receipt</ButtonLink>}
    >
      <p>
        {number} was paid{paidOn && ` on ${formatDay(paidOn, country, today)}`}. Nothing is due.
      </p>
    </Message>
  );
}
