import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { db } from "#lib/core/db.ts";
import { listDebitsUnderWay } from "#lib/payments/attempts/read-debits.ts";
import { currenciesPaid, listPayments } from "#lib/payments/read.ts";
import { placeAndTime } from "../place-and-time.ts";
import { DebitsUnderWay } from "./debits-under-way.tsx";
import { isFiltered, type ListQuery, queryOf, readFilter, searchFor } from "./filter.ts";
import { FilterForm } from "./filter-form.tsx";
import { PaymentsTable } from "./payments-table.tsx";

export const metadata: Metadata = { title: "Payments" };

type Props = { params: Promise<Place>; searchParams: Promise<ListQuery> };

export default async function PaymentsPage({ params, searchParams }: Props) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "see");
  const { filter, after } = readFilter(await searchParams);
  const where = await placeAndTime(db(), firm.firmId);
  const [{ rows, more }, currencies, debits] = await Promise.all([
    listPayments(db(), firm, { ...searchFor(filter, where.timeZone), after }),
    currenciesPaid(db(), firm),
    listDebitsUnderWay(db(), firm),
  ]);
  const here = `/firms/${place.company}/${place.firm}/payments`;
  const last = rows.at(-1);
  return (
    <>
      <PageTitle title="Payments" lead="What clients paid here, and where it stands in Xero." />
      {debits.length > 0 && <DebitsUnderWay debits={debits} where={where} />}
      {currencies.length > 0 && <FilterForm filter={filter} currencies={currencies} />}
      {rows.length > 0 && <PaymentsTable here={here} rows={rows} where={where} />}
      {rows.length === 0 && currencies.length === 0 && (
        <EmptyState title="No payments yet">
          They appear here as soon as a client pays by the link on an invoice.
        </EmptyState>
      )}
      {rows.length === 0 && currencies.length > 0 && (
        <EmptyState title="No payment fits" action={<a href={here}>Show all payments</a>}>
          Look for less of the word or number, or take a filter away.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <p className="flex flex-wrap gap-x-6">
          {after && <Step href={`${here}?${queryOf(filter)}`}>Newest payments</Step>}
          {more && last && <Step href={`${here}?${queryOf(filter, last)}`}>Older payments</Step>}
          <Step href={`${here}/csv?${queryOf(filter)}`}>
            {isFiltered(filter) ? "Download what is found (CSV)" : "Download all (CSV)"}
          </Step>
        </p>
      )}
    </>
  );
}

function Step({ href, children }: { href: string; children: string }) {
  return (
    <a className="inline-flex min-h-11 items-center" href={href}>
      {children}
    </a>
  );
}
