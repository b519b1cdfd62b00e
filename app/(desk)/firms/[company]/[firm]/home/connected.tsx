import type { Place } from "#app/door/action.ts";
import { InstantText } from "#components/date-text.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { healthInWords } from "#lib/xero/organisations/connection-words.ts";
import { FirstReading } from "../first-reading.tsx";
import type { Home } from "../load-home.ts";

/** One line an organisation: its name, how it is, when Xero last answered; while it is first read, how far that is. */
export function Connected({ place, home }: { place: Place; home: Home }) {
  const { live } = home.connections;
  return (
    <Section id="connected" title="Is it connected?">
      {live.length === 0 ? (
        <p>
          <StatusWord tone="quiet">Not connected</StatusWord>
        </p>
      ) : (
        <ul className="grid gap-4">
          {live.map((story) => {
            const health = healthInWords(story);
            return (
              <li key={story.connectionId} className="grid gap-2">
                <p className="flex flex-wrap items-baseline gap-x-5 gap-y-1">
                  <a href={`/firms/${place.company}/${place.firm}/connections`} className="font-semibold">
                    {story.organisationName}
                  </a>
                  <StatusWord tone={health.tone}>{health.word}</StatusWord>
                  {!story.autoSync && <StatusWord tone="warn">Automatic reading is off</StatusWord>}
                  {story.lastContactAt && (
                    <span className="text-muted text-sm">
                      last contact{" "}
                      <InstantText
                        at={story.lastContactAt}
                        now={home.now}
                        country={story.countryCode}
                        timeZone={story.timeZone}
                      />
                    </span>
                  )}
                </p>
                <FirstReading states={home.sync.get(story.connectionId) ?? []} now={home.now} />
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
