import "server-only";
import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { listClosedLinks } from "#lib/checkout/links/closed-links.ts";
import { db } from "#lib/core/db.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { may } from "#lib/firms/rules.ts";
import { readUnread } from "#lib/mirror/sync/read-unread.ts";
import { heldGroups } from "#lib/orders/held/held-groups.ts";
import { listLate } from "#lib/overdue/read.ts";
import { listRefusedAttempts } from "#lib/payments/attempts/read-refused-attempts.ts";
import { listDisputesToAnswer } from "#lib/payments/disputes/read-disputes.ts";
import { listProblems } from "#lib/payments/read.ts";
import { listProblemPayouts } from "#lib/payouts/read.ts";
import { listBreaks } from "#lib/reconcile/read.ts";
import { placeAndTime } from "../place-and-time.ts";
import { BreaksSection } from "./breaks-section.tsx";
import { ClosedLinks } from "./closed-links.tsx";
import { DisputesSection } from "./disputes-section.tsx";
import { HeldOrders } from "./held-orders.tsx";
import { LateSection } from "./late-section.tsx";
import { loadRefused } from "./load-refused.ts";
import { Payouts } from "./payouts.tsx";
import { RefusedGroup } from "./refused-group.tsx";
import { TurnedAway } from "./turned-away.tsx";
import { UnreadSection } from "./unread-section.tsx";

export const metadata: Metadata = { title: "To-do" };

/**
 * What waits for a person: what has not ended in its time, what Xero refused, by cause, what differs from what was held, and
 * where records disagree.
 */
export default async function ToDoPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "see");
  const [groups, problems, where, disputes, breaks, payouts, turnedAway, closed, unread, late, held] =
    await Promise.all([
      loadRefused(firm),
      listProblems(db(), firm),
      placeAndTime(db(), firm.firmId),
      listDisputesToAnswer(db(), firm),
      listBreaks(db(), firm),
      listProblemPayouts(db(), firm),
      listRefusedAttempts(db(), firm),
      listClosedLinks(db(), firm),
      readUnread(db(), firm),
      listLate(db(), firm),
      heldGroups(db(), firm),
    ]);
  const empty = [groups, problems, disputes, breaks, payouts, turnedAway, unread, late, held].every(
    ({ length }) => length === 0,
  );
  const mayAct = may(firm, "act");
  return (
    <>
      <PageTitle title="To-do" lead="Payments and orders that need a person. Each says where its money is." />
      {empty && (
        <EmptyState title="Nothing to do">
          Every payment and order is in Xero, or on its way there.
        </EmptyState>
      )}
      {disputes.length > 0 && <DisputesSection place={place} where={where} disputes={disputes} />}
      {unread.length > 0 && <UnreadSection unread={unread} where={where} />}
      {turnedAway.length > 0 && <TurnedAway attempts={turnedAway} where={where} />}
      {late.map((one) => (
        <LateSection key={one.kind} place={place} where={where} late={one} mayAct={mayAct} />
      ))}
      {held.length > 0 && <HeldOrders place={place} firm={firm} where={where} groups={held} />}
      {groups.map((group) => (
        <RefusedGroup key={group.cause} place={place} where={where} mayAct={mayAct} {...group} />
      ))}
      {[...Map.groupBy(breaks, ({ kind }) => kind)].map(([kind, rows]) => (
        <BreaksSection key={kind} place={place} where={where} kind={kind} rows={rows} mayAct={mayAct} />
      ))}
      {payouts.length > 0 && (
        <Payouts place={place} country={where.country} payouts={payouts} mayAct={mayAct} />
      )}
      {problems.length > 0 && (
        <section aria-labelledby="differs" className="grid gap-3 border-line border-t py-5">
          <h2 id="differs" className="font-semibold text-lg">
            The payment differs from what was asked
          </h2>
          <p>It is written to no invoice. Refund it, or enter it in Xero by hand.</p>
          <ul>
            {problems.map((row) => (
              <li key={row.captureId} className="grid gap-2 border-line border-t py-4">
                <p className="flex flex-wrap justify-between gap-x-6 font-semibold">
                  <span>{row.problem}</span>
                  <MoneyText money={{ minor: row.amountMinor, currency: row.currency }} />
                </p>
                <p className="text-muted text-sm">Taken {formatInstant(row.capturedAt, where)}</p>
                {mayAct && (
                  <a
                    className="inline-flex min-h-11 items-center"
                    href={`/firms/${place.company}/${place.firm}/payments/${row.captureId}/refund`}
                  >
                    Refund it
                  </a>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {closed.length > 0 && <ClosedLinks place={place} where={where} links={closed} mayAct={mayAct} />}
    </>
  );
}
