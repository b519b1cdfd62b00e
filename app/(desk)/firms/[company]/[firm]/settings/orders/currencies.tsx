import type { Place } from "#app/door/action.ts";
import { ExternalLink } from "#components/external-link.tsx";
import { ADD_CURRENCY_SCOPE, covers } from "#lib/xero/apps/scopes.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";
import { organisationAtXero } from "#lib/xero/organisations/deep-links.ts";
import { CurrencyForm } from "./currency-form.tsx";

type CurrenciesProps = { place: Place; story: ConnectionDetails; currencies: string[] };

/** The currencies that an organisation has, and one more where the connection's scopes allow it. */
export function Currencies({ place, story, currencies }: CurrenciesProps) {
  const { connectionId, scopes, shortCode } = story;
  return (
    <>
      <p>
        {currencies.length > 0
          ? `In Xero: ${currencies.join(", ")}.`
          : "They are still being read from Xero."}
      </p>
      {covers(scopes, ADD_CURRENCY_SCOPE) ? (
        <CurrencyForm place={place} connectionId={connectionId} />
      ) : (
        <>
          <p>
            Add one in Xero under Settings → Currencies; the desk sees it within a day.{" "}
            <ExternalLink href={organisationAtXero(shortCode)}>Open Xero</ExternalLink>
          </p>
          <p className="text-muted text-sm">
            To add one from here, give the Xero app the scope {ADD_CURRENCY_SCOPE} and reconnect.
          </p>
        </>
      )}
    </>
  );
}
