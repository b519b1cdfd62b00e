import type { Place } from "#app/door/action.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";

type ConnectFormProps = {
  place: Place;
  label: string;
  kind?: "primary" | "quiet";
  /** The connection to renew; left out to add an organisation. */
  connectionId?: string;
};

/** Leads to Xero in this very tab. A plain post: it works without JavaScript, and nothing fetches it ahead of time. */
export function ConnectForm({ place, label, kind = "primary", connectionId }: ConnectFormProps) {
  return (
    <form method="post" action="/api/xero/connect">
      <input type="hidden" name="company" value={place.company} />
      <input type="hidden" name="firm" value={place.firm} />
      {connectionId && <input type="hidden" name="connection" value={connectionId} />}
      <SubmitButton kind={kind} pending="Opening Xero">
        {label}
      </SubmitButton>
    </form>
  );
}
