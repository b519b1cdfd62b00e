import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { InstantText } from "#components/date-text.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { SCOPE_NAMES, SCOPES } from "#lib/api-keys/key.ts";
import { type KeyView, listKeys } from "#lib/api-keys/read.ts";
import { db } from "#lib/core/db.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { placeAndTime } from "../../place-and-time.ts";
import { MakeForm } from "./make-form.tsx";
import { RevokeForm } from "./revoke-form.tsx";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "settings");
  const here = `/firms/${place.company}/${place.firm}`;
  const { live } = await loadConnections(db(), firm);
  return (
    <>
      <PageTitle
        title="API keys"
        lead="With a key another system of yours asks the desk, in the name of this firm and for one organisation."
        back={{ href: `${here}/settings`, label: "Settings" }}
      />
      <div>
        <Section
          id="keys"
          title="Keys"
          intro={
            <>
              <p>A key itself is shown once, when it is made.</p>
              <p>
                <a href={`${here}/settings/api-keys/requests`}>What was asked with them</a>
              </p>
            </>
          }
        >
          <Keys place={place} firmId={firm.firmId} keys={await listKeys(db(), firm)} />
        </Section>
        <Section
          id="make"
          title="Make a key"
          intro={
            <>
              <p>
                One for each system. To change over, make a second one of the same name, then revoke the
                first.
              </p>
              <p>
                What a key can do: <a href="/api/v1/docs">the API's reference</a>.
              </p>
            </>
          }
        >
          {live.length === 0 ? (
            <p>
              First <a href={`${here}/connections`}>connect Xero</a>: a key is for one organisation.
            </p>
          ) : (
            <MakeForm
              place={place}
              organisations={live.map(({ connectionId, organisationName }) => ({
                value: connectionId,
                label: organisationName,
              }))}
              scopes={SCOPE_NAMES.map((name) => ({ name, label: SCOPES[name] }))}
            />
          )}
        </Section>
      </div>
    </>
  );
}

type KeysProps = { place: Place; firmId: string; keys: KeyView[] };

async function Keys({ place, firmId, keys }: KeysProps) {
  if (keys.length === 0) return <p className="text-muted">There is none yet.</p>;
  const clock = { now: new Date(), ...(await placeAndTime(db(), firmId)) };
  return (
    <ul className="border-line border-t">
      {keys.map((key) => (
        <KeyItem key={key.keyId} place={place} view={key} clock={clock} />
      ))}
    </ul>
  );
}

type KeyItemProps = { place: Place; view: KeyView; clock: { now: Date; country: string; timeZone: string } };

function KeyItem({ place, view, clock }: KeyItemProps) {
  const { keyId, name, organisationName, prefix, lastFour, madeAt, madeBy, lastUsedAt, revokedAt, scopes } =
    view;
  const { process } = view;
  return (
    <li className="grid gap-1 border-line border-b py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <p>
          <span className="font-semibold">{name}</span>
          <span className="block text-muted text-sm">{organisationName}</span>
        </p>
        <code className="text-sm">{`${prefix}…${lastFour}`}</code>
      </div>
      <p className="text-sm">
        Made by {madeBy}, <InstantText at={madeAt} {...clock} />
      </p>
      <p className="text-muted text-sm">
        {scopes.map((scope) => (
          <span key={scope} className="block">
            {SCOPES[scope]}
          </span>
        ))}
        {process && <span className="block">{`Its orders are ${process} where they don't say.`}</span>}
      </p>
      <p className="text-sm">
        {lastUsedAt ? (
          <>
            Last used <InstantText at={lastUsedAt} {...clock} />
          </>
        ) : (
          "Not used yet"
        )}
      </p>
      {revokedAt ? (
        <p className="text-muted text-sm">
          Revoked <InstantText at={revokedAt} {...clock} />
        </p>
      ) : (
        <RevokeForm place={place} keyId={keyId} name={name} />
      )}
    </li>
  );
}
