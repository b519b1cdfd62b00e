import { Section } from "#components/section.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { PaymentStory } from "#lib/evidence/read-payment.ts";
import { inWords } from "#lib/evidence/timeline-words.ts";
import type { Where } from "./load-payment.ts";

/** All that was written down about a payment, oldest first. */
export function Timeline({ payment, where }: { payment: PaymentStory; where: Where }) {
  return (
    <Section
      id="timeline"
      title="Timeline"
      intro={<p>What happened, oldest first; times of {where.timeZone}. Lines are only ever added.</p>}
    >
      <ol className="grid border-line border-t">
        {payment.timeline.map((line) => {
          const { title, notes } = inWords(line, payment.numbers);
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
                <p>{title}</p>
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
