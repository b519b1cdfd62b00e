import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { type Fact, Facts } from "#components/facts.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { type AppUsage, loadUsage, type OrganisationUsage } from "#lib/xero/budget/usage.ts";
import { TIER_NAMES, TIERS } from "#lib/xero/budget/usage-rules.ts";
import { blockInWords, bytesInWords, dayInWords, reserveInWords } from "#lib/xero/budget/usage-words.ts";
import { TierForm } from "./tier-form.tsx";

export const metadata: Metadata = { title: "Calls to Xero" };

const counted = new Intl.NumberFormat("en");

export default async function UsagePage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "connect");
  const { now, organisations, apps } = await loadUsage(db(), firm);
  const base = `/firms/${place.company}/${place.firm}`;
  return (
    <>
      <PageTitle
        title="Calls to Xero"
        lead="Xero counts our calls. Payers go first, then payments to write, then reading changes."
        back={{ href: `${base}/settings`, label: "Settings" }}
      />
      <div>
        {organisations.length === 0 && (
          <EmptyState
            title="No organisation is connected"
            action={<ButtonLink href={`${base}/connections`}>Open connections</ButtonLink>}
          >
            Once one is, the calls made to it are counted here.
          </EmptyState>
        )}
        {organisations.map((one) => (
          <Section
            key={one.connectionId}
            id={`organisation-${one.connectionId}`}
            title={one.organisationName}
          >
            <OrganisationCalls usage={one} now={now} />
          </Section>
        ))}
        {apps.map((app) => (
          <Section
            key={app.whose}
            id={`app-${app.whose}`}
            title={app.whose === "firm" ? "This firm's own app" : `${firm.companyName}'s app`}
            intro={<p>What Xero bills, this month by UTC, over all organisations that connect through it.</p>}
          >
            <AppTotals app={app} />
            {app.mayChange && (
              <TierForm
                place={place}
                whose={app.whose}
                chosen={app.tier}
                options={TIER_NAMES.map((tier) => ({ value: tier, label: tierLabel(tier) }))}
              />
            )}
          </Section>
        ))}
      </div>
    </>
  );
}

function OrganisationCalls({ usage, now }: { usage: OrganisationUsage; now: Date }) {
  const where = { country: usage.countryCode, timeZone: usage.timeZone };
  const { day, blocked, lastDay, limited } = usage;
  const reserve = day && reserveInWords(day);
  return (
    <>
      {blocked && <Notice tone="warn">{blockInWords(blocked, { ...where, now })}</Notice>}
      {day ? (
        <p>{dayInWords(day, { ...where, now })}</p>
      ) : (
        <p>Xero has not said today how many calls are left.</p>
      )}
      {reserve && <Notice tone="warn">{reserve}</Notice>}
      <Facts
        facts={[
          { label: "For payers", value: counted.format(lastDay.payer), note: "In the last 24 hours" },
          { label: "To write payments", value: counted.format(lastDay.write) },
          { label: "To read changes", value: counted.format(lastDay.sync) },
          {
            label: "Turned away",
            value: counted.format(limited),
            note: "Calls that Xero answered with “try later”; made again when it allowed",
          },
          ...(day ? [{ label: "Last heard", value: formatInstant(day.seenAt, where) }] : []),
        ]}
      />
    </>
  );
}

function AppTotals({ app: { tier, totals, provenMore, mayChange } }: { app: AppUsage }) {
  const { name, connections, egressGigabytes, dayLimit } = TIERS[tier];
  const facts: Fact[] = [
    { label: "Tier", value: name, note: `${counted.format(dayLimit)} calls a day for each organisation` },
  ];
  if (totals) {
    facts.push(
      {
        label: "Connections",
        value: `${counted.format(totals.connections)} of ${counted.format(connections)}`,
      },
      { label: "Calls", value: counted.format(totals.calls) },
      {
        label: "Data read",
        value: `${bytesInWords(totals.egressBytes)}${egressGigabytes ? ` of ${egressGigabytes} GB` : ""}`,
        note: "About: answers to reads, Organisation left out",
      },
    );
  }
  return (
    <>
      {mayChange && provenMore && tier === "starter" && (
        <Notice tone="info">
          Xero allows more than 1,000 calls a day, so this is not the Starter tier any more. Choose the right
          one.
        </Notice>
      )}
      {totals && totals.connections > connections && (
        <Notice tone="warn">{`More organisations are connected than ${name} has.`}</Notice>
      )}
      <Facts facts={facts} />
    </>
  );
}

function tierLabel(tier: keyof typeof TIERS): string {
  const { name, connections, dayLimit } = TIERS[tier];
  return `${name}: ${counted.format(connections)} connections, ${counted.format(dayLimit)} calls a day`;
}
