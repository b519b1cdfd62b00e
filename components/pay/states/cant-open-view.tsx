import { Message } from "./message.tsx";

/**
 * One page for an unknown firm or invoice, a wrong amount, a void invoice, a draft, a caller who has guessed too often: it
 * must not tell which. Put it into a PayShell without a firm.
 */
export function CantOpenView() {
  return (
    <Message title="We can't open this link">
      <p>Check the link on your invoice, or ask the sender.</p>
      <p>
        If it is new or was changed just now, we may still be fetching this invoice: try again in a minute.
      </p>
      <p className="text-muted">
        After several wrong links from one place, no link opens there for a while: wait ten minutes, or until
        tomorrow for the same invoice.
      </p>
    </Message>
  );
}
