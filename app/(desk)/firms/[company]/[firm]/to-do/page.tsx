import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { formatInstant } from "#lib/core/date-words.ts";
import { db } from "#lib/core/db.ts";
import { may } from "#lib/firms/rules.ts";
import { listProblems } from "#lib/payments/read.ts";
import { listRefused } from "#lib/posting/read.ts";
import { placeAndTime } from "../place-and-time.ts";
import { RetryForm } from "./retry-form.tsx";

export const metadata: Metadata = { title: "To-do" };

/** Money that waits for a person: what Xero refused, in Xero's words, and what differs from what was held. */
export default async function ToDoPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "see");
  const [refused, problems, where] = await Promise.all([
    listRefused(db(), firm),
    listProblems(db(), firm),
    placeAndTime(db(), firm.firmId),
  ]);
  const empty = refused.length === 0 && problems.length === 0;
  return (
    <>
      <PageTitle title="To-do" lead="Payments that need a person. The money itself is safe and on record." />
      {empty && <EmptyState title="Nothing to do">Every payment is in Xero, or on its way there.</EmptyState>}
      <ul className="grid gap-0">
        {refused.map((row) => (
          <li key={row.postingId} className="grid gap-2 border-line border-t py-5">
            <p className="flex flex-wrap justify-between gap-x-6 font-semibold">
              <span>Xero refused {row.reference}</span>
              <MoneyText money={{ minor: row.totalMinor, currency: row.currency }} />
            </p>
            <p className="text-muted text-sm">Taken {formatInstant(row.since, where)}</p>
            <p>
              Xero says: <q>{row.message}</q>
            </p>
            <p>Mend the cause in Xero, then try again. Nothing is written twice: we look in Xero first.</p>
            {may(firm, "act") && <RetryForm place={place} postingId={row.postingId} />}
          </li>
        ))}
        {problems.map((row) => (
          <li key={row.captureId} className="grid gap-2 border-line border-t py-5">
            <p className="flex flex-wrap justify-between gap-x-6 font-semibold">
              <span>A payment differs from what was asked</span>
              <MoneyText money={{ minor: row.amountMinor, currency: row.currency }} />
            </p>
            <p className="text-muted text-sm">Taken {formatInstant(row.capturedAt, where)}</p>
            <p>
              {row.problem} It is written to no invoice. Refund it at the processor, or enter it in Xero by
              hand.
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
