import type { Place } from "#app/door/action.ts";
import type { ClosedLink } from "#lib/checkout/links/closed-links.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { ReopenForm } from "./reopen-form.tsx";

type ClosedLinksProps = {
  place: Place;
  where: { country: string; timeZone: string };
  links: ClosedLink[];
  mayAct: boolean;
};

/** Addresses that may not open pay links for a while, because they tried too many wrong ones. */
export function ClosedLinks({ place, where, links, mayAct }: ClosedLinksProps) {
  return (
    <section aria-labelledby="closed-links" className="grid gap-3 border-line border-t py-5">
      <h2 id="closed-links" className="font-semibold text-lg">
        Pay links closed after wrong tries
      </h2>
      <p>
        Somebody tried wrong invoice numbers or amounts from these addresses. The links still open from
        everywhere else, and these open again by themselves. If it was a client of yours, open them now.
      </p>
      <ul>
        {links.map(({ why, caller, number, invoiceKey, tries, since }) => (
          <li
            key={`${caller} ${invoiceKey}`}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-t py-3"
          >
            <div className="min-w-0">
              <p className="wrap-anywhere font-semibold">
                {why === "caller" ? "All links of the firm" : number} · closed to {caller}
              </p>
              <p className="text-muted text-sm">
                {tries} wrong tries since {formatInstant(since, where)}; opens again{" "}
                {why === "caller" ? "ten minutes" : "a day"} after them
              </p>
            </div>
            {mayAct && <ReopenForm place={place} caller={caller} invoiceKey={invoiceKey} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
