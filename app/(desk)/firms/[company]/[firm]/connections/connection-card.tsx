import type { Place } from "#app/door/action.ts";
import { InstantText } from "#components/date-text.tsx";
import { ExternalLink } from "#components/external-link.tsx";
import { type Fact, Facts } from "#components/facts.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { scopeInWords } from "#lib/xero/apps/scopes.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";
import { type HealthWords, healthInWords } from "#lib/xero/organisations/connection-words.ts";
import { organisationAtXero } from "#lib/xero/organisations/deep-links.ts";
import { AutoSyncForm } from "./auto-sync-form.tsx";
import { ConnectForm } from "./connect-form.tsx";
import { DisconnectForm } from "./disconnect-form.tsx";
import { Freshness } from "./freshness.tsx";

type ConnectionCardProps = { place: Place; story: ConnectionDetails; now: Date; mayConnect: boolean };

/** A connection's story: how it is, who consented to what and since when, and the one step that mends it. */
export function ConnectionCard({ place, story, now, mayConnect }: ConnectionCardProps) {
  const health = healthInWords(story);
  const isCustom = story.grantKind === "client_credentials";
  return (
    <Section
      id={`connection-${story.connectionId}`}
      title={story.organisationName}
      intro={
        <p>
          <ExternalLink href={organisationAtXero(story.shortCode)}>Open in Xero</ExternalLink>
        </p>
      }
    >
      <div className="grid gap-1">
        <p className="flex flex-wrap items-baseline gap-x-4">
          <StatusWord tone={health.tone}>{health.word}</StatusWord>
          {health.since && (
            <span className="text-muted text-sm">
              since {formatInstant(health.since, { country: story.countryCode, timeZone: story.timeZone })}
            </span>
          )}
        </p>
        <p>{health.sentence}</p>
      </div>
      {mayConnect && (
        <Cure
          place={place}
          connectionId={story.connectionId}
          cure={isCustom && health.cure === "reconnect" ? "app_settings" : health.cure}
        />
      )}
      <Freshness story={story} now={now} />
      <Facts facts={factsOf(story, { now, place })} />
      {mayConnect && (
        <div className="flex flex-wrap items-start gap-4">
          {health.cure !== "reconnect" && !isCustom && (
            <ConnectForm place={place} label="Reconnect" kind="quiet" connectionId={story.connectionId} />
          )}
          <AutoSyncForm place={place} connectionId={story.connectionId} autoSync={story.autoSync} />
          <DisconnectForm
            place={place}
            connectionId={story.connectionId}
            organisationName={story.organisationName}
          />
        </div>
      )}
    </Section>
  );
}

type CureProps = { place: Place; connectionId: string; cure: HealthWords["cure"] };

function Cure({ place, connectionId, cure }: CureProps) {
  if (cure === "reconnect")
    return <ConnectForm place={place} label="Reconnect" connectionId={connectionId} />;
  if (cure === "connect_anew") return <ConnectForm place={place} label="Connect the new organisation" />;
  if (cure === "app_settings") {
    return (
      <p>
        <ButtonLink href={`/firms/${place.company}/${place.firm}/settings/xero`}>
          Open the app's settings
        </ButtonLink>
      </p>
    );
  }
  return null;
}

function factsOf(story: ConnectionDetails, { now, place }: { now: Date; place: Place }): Fact[] {
  const when = (at: Date) => (
    <InstantText at={at} now={now} country={story.countryCode} timeZone={story.timeZone} />
  );
  const registered = [
    story.legalName === story.organisationName ? null : story.legalName,
    story.registrationNumber,
  ]
    .filter(Boolean)
    .join(" · ");
  const base = `/firms/${place.company}/${place.firm}/settings`;
  return [
    ...(registered ? [{ label: "Registered as", value: registered }] : []),
    { label: "Short code", value: <code className="font-mono text-sm">{story.shortCode}</code> },
    { label: "Currency", value: story.baseCurrency },
    { label: "Time zone", value: story.timeZone },
    story.grantKind === "client_credentials"
      ? { label: "Kind", value: "Custom connection", note: "Authorised inside Xero, without a consent here." }
      : { label: "Consent given by", value: story.consentedBy ?? "A Xero user without an e-mail address" },
    {
      label: "Connected",
      value: when(story.connectedAt),
      note: story.connectedBy ? `by ${story.connectedBy}` : undefined,
    },
    { label: "Last answer from Xero", value: story.lastContactAt ? when(story.lastContactAt) : "None yet" },
    {
      label: "Access",
      value: story.state === "needs_reconnect" ? "No longer renewed" : "Renews by itself",
      note: story.tokensRenewedAt ? <>Last renewed {when(story.tokensRenewedAt)}</> : undefined,
    },
    {
      label: "It may",
      value: (
        <ul className="grid gap-0.5">
          {story.scopes.map((scope) => (
            <li key={scope}>{scopeInWords(scope)}</li>
          ))}
        </ul>
      ),
    },
    {
      label: "Clearing account",
      value: story.clearing ? (
        story.clearing.name
      ) : (
        <a href={`${base}/payment-link#clearing-account`}>Not chosen yet</a>
      ),
      note: story.clearing ? undefined : "Nobody can pay by link until one is chosen.",
    },
  ];
}
