import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { Table } from "#components/table.tsx";
import { db } from "#lib/core/db.ts";
import { loadLinks } from "#lib/external-ids/read.ts";
import { kindInWords } from "#lib/external-ids/report.ts";
import { MigrateForm } from "./migrate-form.tsx";

export const metadata: Metadata = { title: "Migrate" };

const EXAMPLE = `system,kind,theirId,xeroId
suitecrm,contact,1042,70784a63-d24b-46a9-a4db-0e70a274b056
suitecrm,invoice,2009,1b9ee1f2-6c1e-4b0c-9a0e-3d8dbf2e7a11`;

export default async function MigratePage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "connect");
  const { organisations, onFile } = await loadLinks(db(), firm);
  const connections = `/firms/${place.company}/${place.firm}/connections`;
  return (
    <>
      <PageTitle
        title="Migrate"
        lead="Links between another system's records and Xero's, from the days of one organisation, get the organisation that they belong to."
        back={{ href: connections, label: "Connections" }}
      />
      {organisations.length === 0 ? (
        <EmptyState
          title="No organisation is connected"
          action={<ButtonLink href={connections}>Open connections</ButtonLink>}
        >
          Links are checked against the books of a connected organisation. Connect it first.
        </EmptyState>
      ) : (
        <Section
          id="import"
          title="From a file"
          intro={
            <>
              <p>
                Kinds: contact, invoice, credit_note, payment, account, tax_rate, item. Each link is looked up
                in the books of the chosen organisation; what is not there is told and not kept.
              </p>
              <p>The same file again changes nothing. A link that another organisation has is not moved.</p>
            </>
          }
        >
          <MigrateForm place={place} organisations={organisations} />
          <div className="grid gap-1.5">
            <h3 className="font-semibold">An example</h3>
            <pre className="whitespace-pre-wrap break-all border-line border-l-2 pl-4 font-mono text-sm">
              {EXAMPLE}
            </pre>
          </div>
        </Section>
      )}
      {onFile.length > 0 && (
        <Table
          caption="On file"
          columns={[
            { label: "Organisation" },
            { label: "System" },
            { label: "Kind" },
            { label: "Links", numeric: true },
          ]}
          rows={onFile.map(({ connectionId, organisationName, system, kind, links }) => ({
            key: `${connectionId} ${system} ${kind}`,
            cells: [organisationName, system, kindInWords(kind), links],
          }))}
        />
      )}
    </>
  );
}
