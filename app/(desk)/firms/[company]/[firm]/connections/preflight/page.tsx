import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Streamed } from "#app/door/streamed.tsx";
import { ExternalLink } from "#components/external-link.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { db } from "#lib/core/db.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { CAPABILITIES, type Finding, type Fix } from "#lib/preflight/finding.ts";
import { preflight } from "#lib/preflight/run.ts";
import { CAPABILITY_WORDS, STATE_WORDS } from "#lib/preflight/words.ts";
import { organisationAtXero } from "#lib/xero/organisations/deep-links.ts";

export const metadata: Metadata = { title: "Preflight" };

type Props = { params: Promise<Place>; searchParams: Promise<{ wait?: string }> };

export default async function PreflightPage({ params, searchParams }: Props) {
  const waits = (await searchParams).wait !== undefined;
  const place = await params;
  const { firm } = await requireFirmPage(place, "connect");
  return (
    <>
      <PageTitle
        title="Preflight"
        lead="Everything the desk needs, looked at now: in Xero, at the payment processor, at the mail server and here."
        back={{ href: `/firms/${place.company}/${place.firm}/connections`, label: "Connections" }}
      />
      <Streamed waits={waits} note="Asking Xero and the others…">
        <Findings place={place} firm={firm} />
      </Streamed>
    </>
  );
}

async function Findings({ place, firm }: { place: Place; firm: FirmContext }) {
  const findings = await preflight(db(), firm, new Date());
  const missing = findings.filter(({ state }) => state === "fault").length;
  return (
    <div>
      <p role="status" className="pb-6">
        {missing === 0
          ? "Nothing is missing."
          : missing === 1
            ? "One thing is missing."
            : `${missing} things are missing.`}
      </p>
      {CAPABILITIES.map((capability) => (
        <Section key={capability} id={capability} title={CAPABILITY_WORDS[capability]}>
          <ul className="border-line border-t">
            {findings
              .filter((finding) => finding.capability === capability)
              .map((finding) => (
                <Line key={finding.says} place={place} finding={finding} />
              ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}

function Line({ place, finding: { state, says, fix } }: { place: Place; finding: Finding }) {
  const { word, tone } = STATE_WORDS[state];
  return (
    <li className="grid gap-0.5 border-line border-b py-2.5">
      <StatusWord tone={tone}>{word}</StatusWord>
      <span className="break-words">{says}</span>
      {fix && (
        <span>
          <FixLink place={place} fix={fix} />
        </span>
      )}
    </li>
  );
}

function FixLink({ place, fix }: { place: Place; fix: Fix }) {
  if (fix.where === "xero")
    return <ExternalLink href={organisationAtXero(fix.shortCode)}>{fix.label}</ExternalLink>;
  return (
    <a
      href={`/firms/${place.company}/${place.firm}/${fix.path}`}
      className="inline-flex min-h-11 items-center"
    >
      {fix.label}
    </a>
  );
}
