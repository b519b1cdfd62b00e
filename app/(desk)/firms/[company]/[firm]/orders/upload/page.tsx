import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { Table } from "#components/table.tsx";
import { db } from "#lib/core/db.ts";
import { COLUMNS } from "#lib/orders/upload/columns.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { UploadForm } from "./upload-form.tsx";

export const metadata: Metadata = { title: "Upload orders" };

/** Orders of a system that nobody can have send them: from a file. */
export default async function UploadPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "act");
  const live = await payConnections(db(), firm.firmId);
  const home = `/firms/${place.company}/${place.firm}`;
  return (
    <>
      <PageTitle
        title="Upload orders"
        lead="Orders from a spreadsheet become invoices in Xero, as if their system had sent them. You look them over before anything is sent."
        back={{ href: `${home}/orders`, label: "Orders" }}
      />
      {live.length === 0 ? (
        <EmptyState
          title="No organisation is connected"
          action={<ButtonLink href={`${home}/connections`}>Open connections</ButtonLink>}
        >
          Orders become invoices in the books of a connected organisation. Connect it first.
        </EmptyState>
      ) : (
        <div>
          <Section id="upload" title="From a file" intro={<HowTo here={`${home}/orders/upload`} />}>
            <UploadForm
              place={place}
              organisations={live.map(({ connectionId, organisationName, shortCode }) => ({
                value: connectionId,
                label: `${organisationName} (${shortCode})`,
              }))}
            />
          </Section>
          <Section
            id="columns"
            title="Columns"
            intro={
              <>
                <p>In any order; those that you don't use may be left out.</p>
                <p>
                  What is said once of an order may stand on its first row alone, or the same on each of its
                  rows.
                </p>
              </>
            }
          >
            <Columns />
          </Section>
        </div>
      )}
    </>
  );
}

function HowTo({ here }: { here: string }) {
  return (
    <>
      <p>
        <a href={`${here}/template`} className="inline-flex min-h-11 items-center">
          Download the template
        </a>
      </p>
      <p>
        Each row is a line of an order. Rows of one order stand together and have the same order number. Save
        the file as “CSV UTF-8”.
      </p>
      <p>
        Dates are written 2026-11-30. A spreadsheet may show and save them in another way: format those
        columns as text first.
      </p>
      <p>
        The same file again sends nothing twice. To change an order that was sent, upload it with a higher
        revision.
      </p>
    </>
  );
}

function Columns() {
  return (
    <Table
      caption="Columns"
      captionHidden
      columns={[{ label: "Column" }, { label: "Needed" }, { label: "Once for" }, { label: "What it holds" }]}
      rows={COLUMNS.map(({ name, isNeeded, of, help }) => ({
        key: name,
        cells: [name, isNeeded ? "yes" : "—", of === "order" ? "an order" : "a line", help],
      }))}
    />
  );
}
