import { DueText } from "../../date-text.tsx";
import { type ChooseRow, InFlight } from "./choose-row.tsx";

/** With one invoice there is nothing to choose: its date stands under its amount. */
export function SingleInvoice({ line, country, today }: Omit<Parameters<typeof ChooseRow>[0], "currency">) {
  return (
    <>
      {line.dueDate && (
        <p>
          due <DueText due={line.dueDate} country={country} today={today} />
        </p>
      )}
      <InFlight line={line} country={country} today={today} />
    </>
  );
}
