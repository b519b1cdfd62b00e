import type { Place } from "#app/door/action.ts";
import { ButtonLink } from "#components/forms/button.tsx";
import { Section } from "#components/section.tsx";
import type { Need } from "../load-home.ts";

export function NeedsYou({ place, needs }: { place: Place; needs: Need[] }) {
  return (
    <Section id="needs-you" title="Needs your attention">
      {needs.length === 0 ? (
        <p className="text-muted">Nothing.</p>
      ) : (
        <ul className="grid gap-6">
          {needs.map((need) => (
            <li key={need.key} className="grid justify-items-start gap-2">
              <p className="font-semibold">{need.title}</p>
              <p className="text-muted">{need.why}</p>
              <ButtonLink kind="quiet" href={`/firms/${place.company}/${place.firm}/${need.path}`}>
                {need.label}
              </ButtonLink>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
