import { Section } from "#components/section.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { NamedLine } from "#lib/evidence/who-did-it.ts";

type TimelineSectionProps = {
  lines: NamedLine[];
  /** What a line says, and what stands under it. */
  inWords: (line: NamedLine) => { title: string; notes: string[] };
  where: { country: string; timeZone: string };
};

/** All that was written down about something, oldest first. */
export function TimelineSection({ lines, inWords, where }: TimelineSectionProps) {
  return (
    <Section
      id="timeline"
      title="Timeline"
      intro={<p>What happened, oldest first; times of {where.timeZone}. Lines are only ever added.</p>}
    >
      <ol className="grid border-line border-t">
        {lines.map((line) => {
          const { title, notes } = inWords(line);
          return (
            <li
              key={String(line.covered.seq)}
              className="grid gap-x-6 gap-y-0.5 border-line border-b py-2.5 sm:grid-cols-[11rem_minmax(0,1fr)]"
            >
              <p className="text-muted text-sm">
                <time dateTime={line.at.toISOString()}>{formatInstant(line.at, where)}</time>
                <span className="sm:block">
                  <span className="sm:hidden"> · </span>
                  {line.who}
                </span>
              </p>
              <div className="grid min-w-0 gap-0.5">
                <p className="wrap-anywhere">{title}</p>
                {[...notes, ...(line.ip ? [`From ${line.ip}`] : [])].map((note) => (
                  <p key={note} className="wrap-anywhere text-muted text-sm">
                    {note}
                  </p>
                ))}
              </div>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
