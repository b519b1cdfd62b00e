import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { db } from "#lib/core/db.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { may } from "#lib/firms/rules.ts";
import { labelsOfPayments } from "#lib/payments/read-labels.ts";
import type { ClearingReport } from "#lib/payouts/clearing/clearing-report.ts";
import { CAUSE_WORDS } from "#lib/payouts/clearing/clearing-words.ts";
import { readClearing } from "#lib/payouts/read.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { CheckForm } from "./check-form.tsx";
import { Part } from "./part.tsx";

export const metadata: Metadata = { title: "Clearing" };

/** What stands on each clearing account, cause by cause: what a person must look at first. */
export default async function ClearingPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "see");
  const [{ live }, states] = await Promise.all([loadConnections(db(), firm), readClearing(db(), firm)]);
  const shown = live.flatMap((story) => {
    const state = states.find(({ connectionId }) => connectionId === story.connectionId);
    return state ? { story, state } : [];
  });
  const labels = await labelsOfPayments(
    db(),
    shown.flatMap(({ state }) => paymentsIn(state.report)),
  );
  const settings = `/firms/${place.company}/${place.firm}/settings/payouts`;
  return (
    <>
      <PageTitle
        title="Clearing"
        lead="What the clearing account holds in Xero, and why. Looked at each night, and when you ask."
      />
      {shown.length === 0 && (
        <EmptyState title="Payouts are not set up">
          {may(firm, "settings") ? (
            <a href={settings}>Say where they arrive</a>
          ) : (
            "An owner does that under Settings, Payouts"
          )}
          ; from then on each payout is written to Xero, and the account is checked.
        </EmptyState>
      )}
      <div>
        {shown.map(({ story, state: { checkedAt, report } }) => (
          <Section
            key={story.connectionId}
            id={`clearing-${story.connectionId}`}
            title={story.organisationName}
            result={
              checkedAt && (
                <p className="text-muted">
                  Checked {formatInstant(checkedAt, { country: story.countryCode, timeZone: story.timeZone })}
                </p>
              )
            }
          >
            {report ? <Report {...{ place, story, report, labels }} /> : <p>Not checked yet.</p>}
            {may(firm, "act") && <CheckForm place={place} connectionId={story.connectionId} />}
          </Section>
        ))}
      </div>
    </>
  );
}

/** The payments that single lines of a report are about. */
function paymentsIn(report: ClearingReport | null): string[] {
  const lines = report?.parts.flatMap((part) => part.lines) ?? [];
  return lines.flatMap(({ about }) => (about.kind === "payment" ? [about.captureId] : []));
}

type ReportProps = {
  place: Place;
  story: ConnectionDetails;
  report: ClearingReport;
  labels: Map<string, string>;
};

function Report({ place, story, report, labels }: ReportProps) {
  const { isRight, parts, balance, currency } = report;
  return (
    <>
      <p className="flex flex-wrap justify-between gap-x-6">
        <StatusWord tone={isRight ? "ok" : "danger"}>
          {isRight ? "Clearing is right" : "Please look"}
        </StatusWord>
        <span>
          <MoneyText money={{ minor: BigInt(balance), currency }} /> on{" "}
          {story.clearing?.name ?? "the account"}
        </span>
      </p>
      <ul>
        {parts.map((part) => (
          <Part key={part.cause} {...{ place, part, currency, labels }} country={story.countryCode} />
        ))}
      </ul>
      <p className="text-muted text-sm">
        Made up from the payments, bank transactions and transfers on the account: without a permission for
        reports Xero tells no balance, and manual journals are not seen.
        {parts.some(({ cause }) => !CAUSE_WORDS[cause].isRight) &&
          " What you mend in Xero is gone here after the next check."}
      </p>
    </>
  );
}
