import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { db } from "#lib/core/db.ts";
import { may } from "#lib/firms/rules.ts";
import { ORDER_FAULTS } from "#lib/orders/faults.ts";
import { overSoftVolume, SOFT_VOLUME } from "#lib/orders/staff/monthly-volume.ts";
import { listOrdersForStaff, sourcesOfOrders } from "#lib/orders/staff/read-for-staff.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { placeAndTime } from "../place-and-time.ts";
import { booksOf } from "./books-of.ts";
import { type Filter, isFiltered, type ListQuery, queryOf, readFilter, searchFor } from "./filter.ts";
import { FilterForm } from "./filter-form.tsx";
import { OrdersTable } from "./orders-table.tsx";

export const metadata: Metadata = { title: "Orders" };

type Props = { params: Promise<Place>; searchParams: Promise<ListQuery> };

export default async function OrdersPage({ params, searchParams }: Props) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "see");
  const { filter, after } = readFilter(await searchParams);
  const [{ rows, next }, sources, where, connections] = await Promise.all([
    listOrdersForStaff(db(), firm, { ...searchFor(filter), after }),
    sourcesOfOrders(db(), firm),
    placeAndTime(db(), firm.firmId),
    loadConnections(db(), firm),
  ]);
  const over = await overSoftVolume(
    db(),
    firm,
    connections.live.map(({ connectionId }) => connectionId),
  );
  const many = connections.live.filter(({ connectionId }) => over.includes(connectionId));
  const here = `/firms/${place.company}/${place.firm}/orders`;
  const organisations = [...connections.live, ...connections.ended].map((story) => ({
    value: story.connectionId,
    label: story.organisationName,
  }));
  return (
    <>
      <PageTitle
        title="Orders"
        lead="What your other systems sold, and what became of it in Xero."
        action={
          may(firm, "act") && (
            <ButtonLink kind="quiet" href={`${here}/upload`}>
              Upload orders
            </ButtonLink>
          )
        }
      />
      {many.length > 0 && (
        <Notice tone="info" title={`More than ${SOFT_VOLUME.toLocaleString("en")} orders in thirty days`}>
          <p>
            {many.map(({ organisationName }) => organisationName).join(", ")}: Xero advises at most about{" "}
            {SOFT_VOLUME.toLocaleString("en")} sales invoices a month. All are written; Xero's own pages and
            reports may grow slow.
          </p>
          <p>
            A till can send a day's sales as one order instead: a line for each kind of item, the cash
            customer as the buyer, and what each tender took.
          </p>
        </Notice>
      )}
      {sources.length > 0 && <FilterForm filter={filter} sources={sources} organisations={organisations} />}
      {filter.cause && <HeldFor filter={filter} here={here} />}
      {rows.length > 0 && <OrdersTable here={here} rows={rows} where={where} books={await booksOf(rows)} />}
      {rows.length === 0 && sources.length === 0 && (
        <EmptyState title="No orders yet" action={<a href="/api/v1/docs">How to send them</a>}>
          Other systems send them with an API key, or you upload a file of them. Each becomes an invoice in
          Xero once.
        </EmptyState>
      )}
      {rows.length === 0 && sources.length > 0 && (
        <EmptyState title="No order fits" action={<a href={here}>Show all orders</a>}>
          Look for less of the number or name, or take a filter away.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <p className="flex flex-wrap gap-x-6">
          {after && <Step href={`${here}?${queryOf(filter)}`}>Newest orders</Step>}
          {next && <Step href={`${here}?${queryOf(filter, next)}`}>Older orders</Step>}
          <Step href={`${here}/csv?${queryOf(filter)}`}>
            {isFiltered(filter) ? "Download what is found (CSV)" : "Download all (CSV)"}
          </Step>
        </p>
      )}
    </>
  );
}

/** The list shows only what one matter holds up. */
function HeldFor({ filter: { cause, about }, here }: { filter: Filter; here: string }) {
  const title = Object.hasOwn(ORDER_FAULTS, cause)
    ? ORDER_FAULTS[cause as keyof typeof ORDER_FAULTS].title
    : cause;
  return (
    <p className="flex flex-wrap items-center gap-x-6">
      <span className="wrap-anywhere">
        Held for: <span className="font-semibold">{title}</span>
        {about && ` (${about})`}
      </span>
      <Step href={here}>Show all orders</Step>
    </p>
  );
}

function Step({ href, children }: { href: string; children: string }) {
  return (
    <a className="inline-flex min-h-11 items-center" href={href}>
      {children}
    </a>
  );
}
