import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { PageTitle } from "#components/page-title.tsx";
import { db } from "#lib/core/db.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { readMapping } from "#lib/mapping/mapping.ts";
import { readBooksChart } from "#lib/mirror/chart.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { NotReadYet } from "../not-read-yet.tsx";
import { OrganisationChoice, organisationIn } from "../organisation-choice.tsx";
import { PastOrder } from "../past-order.tsx";
import { KindsSection } from "./kinds-section.tsx";
import { TendersSection } from "./tenders-section.tsx";

export const metadata: Metadata = { title: "Mapping" };

type Props = { params: Promise<Place>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where what other systems name goes in one organisation's books. */
export default async function MappingPage({ params, searchParams }: Props) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "settings");
  const { live } = await loadConnections(db(), firm);
  const asked = await searchParams;
  const chosen = organisationIn(live, asked);
  const here = `/firms/${place.company}/${place.firm}`;
  return (
    <>
      <PageTitle
        title="Mapping"
        lead="Where the things that your other systems sell, and the ways that they are paid, go in Xero."
        back={{ href: `${here}/settings`, label: "Settings" }}
      />
      {chosen ? (
        <>
          <OrganisationChoice live={live} chosen={chosen} />
          <Maps
            place={place}
            firm={firm}
            story={chosen}
            openId={typeof asked.kind === "string" ? asked.kind : undefined}
          />
        </>
      ) : (
        <p>
          First <a href={`${here}/connections`}>connect Xero</a>: the accounts come from there.
        </p>
      )}
    </>
  );
}

type MapsProps = { place: Place; firm: FirmContext; story: ConnectionDetails; openId: string | undefined };

async function Maps({ place, firm, story, openId }: MapsProps) {
  const { connectionId } = story;
  const [chart, mapping] = await Promise.all([
    readBooksChart(db(), connectionId),
    readMapping(db(), connectionId),
  ]);
  if (!chart.asOf)
    return <NotReadYet story={story} connections={`/firms/${place.company}/${place.firm}/connections`} />;
  const open = [...mapping.kinds.values()].find(({ id }) => id === openId);
  return (
    <div>
      <KindsSection {...{ place, connectionId, chart, mapping, openId }} />
      <PastOrder firm={firm} connectionId={connectionId} kind={open?.name} />
      <TendersSection {...{ place, connectionId, chart, tenders: mapping.tenders }} />
    </div>
  );
}
