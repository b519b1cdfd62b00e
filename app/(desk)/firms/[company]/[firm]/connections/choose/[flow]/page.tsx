import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { db } from "#lib/core/db.ts";
import { loadOffer } from "#lib/xero/organisations/read.ts";
import { ConnectForm } from "../../connect-form.tsx";
import { ChoiceForm } from "./choice-form.tsx";

export const metadata: Metadata = { title: "Choose an organisation" };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Xero allowed several organisations: the person says which one is this firm's. */
export default async function ChoosePage({ params }: { params: Promise<Place & { flow: string }> }) {
  const { flow, ...place } = await params;
  const { actor, firm } = await requireFirmPage(place, "connect");
  const offered = UUID.test(flow) ? await loadOffer(db(), actor, { firm, flowId: flow }) : null;
  return (
    <>
      <PageTitle
        title="Choose an organisation"
        lead={`Xero gave access to more than one. Which is ${firm.firmName}'s?`}
        back={{ href: `/firms/${place.company}/${place.firm}/connections`, label: "Connections" }}
      />
      {offered ? (
        <ChoiceForm place={place} flowId={flow} offered={offered} />
      ) : (
        <Notice tone="warn" action={<ConnectForm place={place} label="Connect Xero" />}>
          This choice is over. Nothing was changed; start again.
        </Notice>
      )}
    </>
  );
}
