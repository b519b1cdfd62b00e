import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { may } from "#lib/firms/rules.ts";
import type { Connections } from "#lib/xero/organisations/connection-details.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { ConnectForm } from "./connect-form.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { resultInWords } from "./result-words.ts";

export const metadata: Metadata = { title: "Connections" };

type Props = { params: Promise<Place>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ConnectionsPage({ params, searchParams }: Props) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "see");
  const connections = await loadConnections(db(), firm);
  const result = resultInWords((await searchParams).result);
  const mayConnect = may(firm, "connect");
  const now = new Date();
  return (
    <>
      <PageTitle title="Connections" lead={`The Xero organisations whose books ${firm.firmName} keeps.`} />
      {mayConnect && (
        <p>
          <a
            href={`/firms/${place.company}/${place.firm}/connections/preflight`}
            className="inline-flex min-h-11 items-center"
          >
            Check everything
          </a>
        </p>
      )}
      {result && <Notice tone={result.tone}>{result.text}</Notice>}
      {connections.live.length === 0 && (
        <Start place={place} connections={connections} mayConnect={mayConnect} />
      )}
      <div>
        {connections.live.map((story) => (
          <ConnectionCard
            key={story.connectionId}
            place={place}
            story={story}
            now={now}
            mayConnect={mayConnect}
          />
        ))}
      </div>
      {connections.live.length > 0 && connections.app === "ready" && mayConnect && (
        <Section
          id="add"
          title="Another organisation"
          intro={<p>Those connected above go on as they are.</p>}
        >
          <ConnectForm place={place} label="Connect another organisation" kind="quiet" />
        </Section>
      )}
      {mayConnect && connections.live.length > 0 && (
        <p className="text-sm">
          <a href={`/firms/${place.company}/${place.firm}/connections/migrate`}>
            Bring over links from another system
          </a>
        </p>
      )}
      {connections.ended.length > 0 && (
        <p className="text-muted text-sm">
          Earlier:{" "}
          {connections.ended
            .map(
              (row) =>
                `${row.organisationName}, until ${formatInstant(row.endedAt, { country: row.countryCode, timeZone: row.timeZone })}`,
            )
            .join("; ")}
        </p>
      )}
    </>
  );
}

type StartProps = { place: Place; connections: Connections; mayConnect: boolean };

/** Where nothing is connected: why, and the one step from here. */
function Start({ place, connections: { app, ended }, mayConnect }: StartProps) {
  const settings = `/firms/${place.company}/${place.firm}/settings/xero`;
  if (!mayConnect) {
    return (
      <EmptyState title="Xero is not connected">
        Ask an owner of this firm to connect its organisation.
      </EmptyState>
    );
  }
  if (app !== "ready") {
    const retired = app === "retired_only";
    return (
      <EmptyState
        title={retired ? "An old credential is on file" : "No Xero app yet"}
        action={<ButtonLink href={settings}>Set up the Xero app</ButtonLink>}
      >
        {retired
          ? "It is of the kind OAuth 1.0a, which Xero has retired. Save an app of today's kind, then connect; the old one stays listed."
          : "The firm connects through an app that you register at Xero. It takes five minutes, once."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={ended.length > 0 ? "Xero is disconnected" : "Xero is not connected"}
      action={<ConnectForm place={place} label="Connect Xero" />}
    >
      Xero opens in this tab. Choose the organisation there and press Allow access; you come back here.
    </EmptyState>
  );
}
