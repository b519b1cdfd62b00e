import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import { readMapping } from "#lib/mapping/mapping.ts";
import { proposedSettings } from "#lib/mapping/proposal-rules.ts";
import { settingsFaults } from "#lib/mapping/target-rules.ts";
import { readBooksChart } from "#lib/mirror/chart.ts";
import { findContacts } from "#lib/mirror/find-contacts.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { lineAccounts, stockAccounts, taxRates } from "../chart-options.ts";
import { NotReadYet } from "../not-read-yet.tsx";
import { OrganisationChoice, organisationIn } from "../organisation-choice.tsx";
import { PastOrder } from "../past-order.tsx";
import { Currencies } from "./currencies.tsx";
import { OrdersForm } from "./orders-form.tsx";

export const metadata: Metadata = { title: "Orders" };

type Props = { params: Promise<Place>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** How orders of other systems become documents, for one organisation. */
export default async function OrderSettingsPage({ params, searchParams }: Props) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "settings");
  const { live } = await loadConnections(db(), firm);
  const chosen = organisationIn(live, await searchParams);
  const here = `/firms/${place.company}/${place.firm}`;
  return (
    <>
      <PageTitle
        title="Orders"
        lead="How the orders that your other systems send become invoices and purchase orders in Xero."
        back={{ href: `${here}/settings`, label: "Settings" }}
      />
      {chosen ? (
        <>
          <OrganisationChoice live={live} chosen={chosen} />
          <Section
            id="orders"
            title={chosen.organisationName}
            intro={
              <p>
                Each kind of item may go to an account of its own:{" "}
                <a href={`${here}/settings/mapping?organisation=${chosen.connectionId}`}>Mapping</a>.
              </p>
            }
          >
            <Orders place={place} story={chosen} />
          </Section>
          <PastOrder firm={firm} connectionId={chosen.connectionId} />
          <Section id="currencies" title="Currencies">
            <Currencies
              place={place}
              story={chosen}
              currencies={(await readBooksChart(db(), chosen.connectionId)).currencies}
            />
          </Section>
        </>
      ) : (
        <p>
          First <a href={`${here}/connections`}>connect Xero</a>: the accounts come from there.
        </p>
      )}
    </>
  );
}

async function Orders({ place, story }: { place: Place; story: ConnectionDetails }) {
  const { connectionId } = story;
  const [chart, { settings }] = await Promise.all([
    readBooksChart(db(), connectionId),
    readMapping(db(), connectionId),
  ]);
  if (!chart.asOf)
    return <NotReadYet story={story} connections={`/firms/${place.company}/${place.firm}/connections`} />;
  const { cashContactId, supplierContactId, ...kept } = settings ?? proposedSettings(chart);
  const { salesAccountCode, costAccountCode, inventoryAccountCode, roundingAccountCode } = kept;
  const faults = settings ? settingsFaults(chart, settings) : [];
  const contacts = await findContacts(
    db(),
    connectionId,
    [cashContactId, supplierContactId].filter((id) => id !== null),
  );
  const nameOf = (contactId: string | null) => contacts.get(contactId ?? "")?.name ?? null;
  return (
    <>
      {faults.length > 0 && (
        <Notice tone="warn" title="Orders are held: what is saved no longer fits Xero">
          {faults.map(({ field, detail }) => (
            <p key={field}>{detail}</p>
          ))}
        </Notice>
      )}
      {!settings && (
        <Notice tone="info" title="Nothing is saved yet">
          Proposed from your chart of accounts; press Save to use it. No order is written to Xero before.
        </Notice>
      )}
      <OrdersForm
        place={place}
        connectionId={connectionId}
        accounts={lineAccounts(chart, salesAccountCode, costAccountCode, roundingAccountCode)}
        stockAccounts={stockAccounts(chart, inventoryAccountCode)}
        taxRates={taxRates(chart, kept.salesTaxType, "revenue")}
        kept={{
          ...kept,
          emailInvoices: kept.emailInvoices ? "yes" : "no",
          cashContact: nameOf(cashContactId),
          supplierContact: nameOf(supplierContactId),
        }}
      />
    </>
  );
}
