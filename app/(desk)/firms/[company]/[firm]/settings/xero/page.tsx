import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { CopyText } from "#components/copy-text.tsx";
import { ExternalLink } from "#components/external-link.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import { APPS_AT_XERO, SCOPES_AT_XERO } from "#lib/xero/deep-links.ts";
import { loadXeroApps } from "#lib/xero/read.ts";
import { DEFAULT_SCOPES } from "#lib/xero/scopes.ts";
import { placeAndTime } from "../../place-and-time.ts";
import { AppFacts } from "./app-facts.tsx";
import { AppForm } from "./app-form.tsx";

export const metadata: Metadata = { title: "Xero app" };

export default async function XeroSettingsPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "connect");
  const [{ apps, redirectUri, mayChangeCompany }, where] = await Promise.all([
    loadXeroApps(db(), firm),
    placeAndTime(db(), firm.firmId),
  ]);
  const company = apps.find(({ kind, whose }) => kind === "oauth2" && whose === "company");
  const own = apps.find(({ kind, whose }) => kind === "oauth2" && whose === "firm");
  const retired = apps.filter(({ kind }) => kind === "oauth1");
  const ownForm = <AppForm place={place} whose="firm" kept={own} defaultScopes={DEFAULT_SCOPES} />;
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
          intro={<p>Only for a firm that has registered an app of its own. Most need none.</p>}
        >
          {own && <AppFacts app={own} where={where} inUse />}
          {own ? (
            ownForm
          ) : (
            <details className="group">
              <summary className="plain inline-flex min-h-11 items-center text-accent underline underline-offset-4 group-open:mb-4">
                Use an app of our own
              </summary>
              {ownForm}
            </details>
          )}
        </Section>

        {retired.length > 0 && (
          <Section
            id="retired"
            title="Older credentials"
            intro={<p>Kept on file. Nothing is sent with them.</p>}
          >
            <ul className="border-line border-t">
              {retired.map(({ appId, clientId, name }) => (
                <li key={appId} className="grid border-line border-b py-2.5">
                  <span className="font-semibold">{name}</span>
                  <span className="text-muted text-sm">
                    Xero (OAuth 1.0a), retired by Xero. Consumer key{" "}
                    <code className="font-mono">{clientId}</code>
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}
