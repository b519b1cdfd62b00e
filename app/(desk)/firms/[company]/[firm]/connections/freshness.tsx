import { InstantText } from "#components/date-text.tsx";
import { Facts } from "#components/facts.tsx";
import { db } from "#lib/core/db.ts";
import { syncStates } from "#lib/mirror/read.ts";
import { kindInWords } from "#lib/mirror/sync/progress-rules.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";
import { FirstReading } from "../first-reading.tsx";

type FreshnessProps = {
  story: Pick<ConnectionDetails, "connectionId" | "autoSync" | "countryCode" | "timeZone">;
  now: Date;
};

/** How old our copy of an organisation's books is, kind by kind; while it is first read, how far that is. */
export async function Freshness({ story, now }: FreshnessProps) {
  const { connectionId, autoSync, countryCode: country, timeZone } = story;
  const states = (await syncStates(db(), [connectionId])).get(connectionId) ?? [];
  const invoices = states.find(({ kind }) => kind === "invoices")?.syncedAt;
  return (
    <div className="grid gap-2">
      <FirstReading states={states} now={now} />
      {!autoSync && (
        <p>
          <strong>Automatic reading is off.</strong> Staff pages show Xero as it was then. Links to invoices
          that we know still take payments, and read the invoice again first; invoices made in Xero since then
          can't be paid by link.
        </p>
      )}
      {states.length > 0 && (
        <details>
          <summary>
            Our copy of the invoices:{" "}
            {invoices ? (
              <InstantText at={invoices} now={now} country={country} timeZone={timeZone} />
            ) : (
              "not read yet"
            )}
          </summary>
          <div className="mt-2">
            <Facts
              facts={states.map(({ kind, syncedAt }) => ({
                label: sentence(kindInWords(kind)),
                value: syncedAt ? (
                  <InstantText at={syncedAt} now={now} country={country} timeZone={timeZone} />
                ) : (
                  "Not read yet"
                ),
              }))}
            />
          </div>
        </details>
      )}
    </div>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
