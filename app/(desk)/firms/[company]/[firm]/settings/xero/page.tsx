import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { CopyText } from "#components/copy-text.tsx";
import { ExternalLink } from "#components/external-link.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import { formatDate } from "#lib/core/text/date-words.ts";
import { retiredCredentialInWords } from "#lib/xero/apps/retired-credential-words.ts";
import { CUSTOM_SCOPES, DEFAULT_SCOPES } from "#lib/xero/apps/scopes.ts";
import type { Connections } from "#lib/xero/organisations/connection-details.ts";
import { APPS_AT_XERO, SCOPES_AT_XERO } from "#lib/xero/organisations/deep-links.ts";
import { loadConnections, loadXeroApps, type XeroAppView } from "#lib/xero/organisations/read.ts";
import { ConnectForm } from "../../connections/connect-form.tsx";
import { placeAndTime } from "../../place-and-time.ts";
import { AppFacts } from "./app-facts.tsx";
import { AppForm } from "./app-form.tsx";

export const metadata: Metadata = { title: "Xero app" };

export default async function XeroSettingsPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "connect");
  const [{ apps, redirectUri, mayChangeCompany }, where, connections] = await Promise.all([
    loadXeroApps(db(), firm),
    placeAndTime(db(), firm.firmId),
    loadConnections(db(), firm),
  ]);
  const company = apps.find(({ kind, whose }) => kind === "oauth2" && whose === "company");
  const own = apps.find(({ kind, whose }) => kind === "oauth2" && whose === "firm");
  const custom = apps.filter(({ kind }) => kind === "custom");
  const retired = apps.filter(({ kind }) => kind === "oauth1" || kind === "x509");
  return (
    <>
      <PageTitle
        title="Xero app"
        lead="An app that is registered at Xero. The firm connects its organisation through it."
        back={{ href: `/firms/${place.company}/${place.firm}/settings`, label: "Settings" }}
      />
      <div>
        <Section
          id="at-xero"
          title="To enter at Xero"
          intro={
            <>
              <p>
                Make an app of the type “Web app”, and copy this address into its Configuration page.{" "}
                <ExternalLink href={APPS_AT_XERO}>Your apps at Xero</ExternalLink>
              </p>
              <p>Its name must not contain the word Xero.</p>
            </>
          }
        >
          <div className="grid gap-1.5">
            <h3 className="font-semibold">Redirect URI</h3>
            <CopyText text={redirectUri} label="the redirect URI" />
          </div>
          <p className="text-muted text-sm">
            The webhook's address is given here once the app is saved. What each scope means:{" "}
            <ExternalLink href={SCOPES_AT_XERO}>Xero's page about scopes</ExternalLink>
          </p>
        </Section>

        {(company || mayChangeCompany) && (
          <Section
            id="company-app"
            title={`${firm.companyName}'s app`}
            intro={
              <p>
                All firms of {firm.companyName} connect through it, unless they have their own.
                {!mayChangeCompany && ` Only an owner of ${firm.companyName} can change it.`}
              </p>
            }
          >
            {company && <AppFacts app={company} where={where} inUse={!own} />}
            {mayChangeCompany && (
              <AppForm place={place} whose="company" kept={company} defaultScopes={DEFAULT_SCOPES} />
            )}
          </Section>
        )}

        <Section
          id="own-app"
          title="This firm's own app"
          intro={
            <>
              <p>
                Only for a firm that has registered an app of its own, of the type “Web app”. Most need none.
              </p>
              <p>
                In any country, for as many organisations as the firm has: someone who may use each of them
                consents at Xero. Whoever registered the app pays Xero; up to five organisations are free.
              </p>
            </>
          }
        >
          {own && <AppFacts app={own} where={where} inUse />}
          <AppForm
            place={place}
            whose="firm"
            kept={own}
            defaultScopes={DEFAULT_SCOPES}
            opens={own ? "Change it" : "Use an app of our own"}
          />
        </Section>

        <Section
          id="custom"
          title="Custom connection"
          intro={
            <>
              <p>
                For one organisation of the firm's own, in Australia, New Zealand, the UK or the US. Nobody
                consents here: an adviser or standard user authorises it inside Xero, once.
              </p>
              <p>
                The organisation pays Xero for it: AUD 10, NZD 10, GBP 5 or USD 5 a month. With a demo company
                it is free.
              </p>
            </>
          }
        >
          {custom.map((app) => (
            <AppFacts key={app.appId} app={app} where={where} inUse={app.organisationName !== null} />
          ))}
          <AppForm
            place={place}
            whose="custom"
            kept={custom.length === 1 ? custom[0] : undefined}
            defaultScopes={CUSTOM_SCOPES}
            opens={custom.length > 0 ? "Test and save again" : "Use a custom connection"}
          />
        </Section>

        <Section
          id="retired"
          title="Older credentials"
          intro={<p>Kept on file. Nothing is sent with them.</p>}
        >
          <Retired apps={retired} country={where.country} />
          {retired.length > 0 && <NextStep place={place} start={connections} />}
          <p>
            <a href={`/firms/${place.company}/${place.firm}/settings/xero/import`}>
              Import old credentials from a file
            </a>
          </p>
        </Section>
      </div>
    </>
  );
}

/** What was used in earlier days, and that it can't be used any more. */
function Retired({ apps, country }: { apps: XeroAppView[]; country: string }) {
  if (apps.length === 0) return <p className="text-muted">None on file.</p>;
  return (
    <ul className="border-line border-t">
      {apps.map((app) => (
        <li key={app.appId} className="grid gap-0.5 border-line border-b py-2.5">
          <span className="font-semibold">{app.name}</span>
          <span className="text-muted text-sm">
            {retiredCredentialInWords(app, (day) => formatDate(day, country))}
          </span>
          <span className="break-all text-muted text-sm">
            Consumer key <code className="font-mono">{app.clientId}</code>
          </span>
          {app.certificateFingerprint && (
            <span className="break-all text-muted text-sm">
              Certificate {app.certificateSubject},{" "}
              <code className="font-mono">{app.certificateFingerprint}</code>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** From an old credential to today's: Connect where that is all that is missing, else the choice of a kind. */
function NextStep({ place, start: { live, app } }: { place: Place; start: Connections }) {
  if (live.length > 0) {
    return (
      <p className="text-muted text-sm">
        {live.map(({ organisationName }) => organisationName).join(", ")} is connected with OAuth 2.0.
      </p>
    );
  }
  if (app === "ready") return <ConnectForm place={place} label="Connect Xero" />;
  return (
    <p>
      To connect again, choose one of today's kinds: <a href="#own-app">an app of the type “Web app”</a>, or{" "}
      <a href="#custom">a custom connection</a>.
    </p>
  );
}
