import type { Place } from "#app/door/action.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { ORDER_FAULTS } from "#lib/orders/faults.ts";
import type { HeldGroup } from "#lib/orders/held/held-groups.ts";
import { organisationAtXero } from "#lib/xero/organisations/deep-links.ts";
import { booksOf } from "../orders/books-of.ts";
import { pageOfFault } from "../orders/fault-page.ts";
import { queryOf } from "../orders/filter.ts";
import { MendLink } from "../orders/mend-link.tsx";

/** Of very many causes, the page lists those that keep most. */
const LISTED = 50;

type HeldOrdersProps = {
  place: Place;
  firm: FirmContext;
  where: { country: string; timeZone: string };
  groups: HeldGroup[];
};

/** Orders that wait, by what keeps them: told once, mended once, and all of them go. */
export async function HeldOrders({ place, firm, where, groups }: HeldOrdersProps) {
  const books = await booksOf(groups);
  const orders = `/firms/${place.company}/${place.firm}/orders`;
  return (
    <section aria-labelledby="held-orders" className="grid gap-3 border-line border-t py-5">
      <h2 id="held-orders" className="font-semibold text-lg">
        Orders that wait
      </h2>
      <p>
        Nothing of them is in Xero. Once what keeps them is mended they go by themselves, within five minutes.
      </p>
      <ul>
        {groups.slice(0, LISTED).map(({ connectionId, code, subject, detail, count, oldest, examples }) => {
          const { title, fix } = ORDER_FAULTS[code];
          const organisation = books.get(connectionId);
          const atXero = organisationAtXero(organisation?.shortCode ?? "");
          const page = pageOfFault(firm, { code, connectionId, atXero });
          const filter = {
            state: "held",
            organisation: connectionId,
            cause: code,
            about: subject ?? "",
          } as const;
          const more = count - examples.length;
          return (
            <li key={`${connectionId} ${code} ${subject}`} className="grid gap-1 border-line border-t py-4">
              <p className="wrap-anywhere font-semibold">
                {count === 1 ? "1 order waits" : `${count} orders wait`}: {subject === null ? title : detail}
              </p>
              {(subject !== null || count === 1) && (
                <p className="wrap-anywhere text-muted text-sm">{subject === null ? detail : title}</p>
              )}
              <p>{fix}</p>
              <p className="wrap-anywhere text-muted text-sm">
                {books.size > 1 && `${organisation?.organisationName ?? ""}. `}
                Since {formatInstant(oldest, where)}: {examples.join(", ")}
                {more > 0 && ` and ${more} more`}
              </p>
              <p className="flex flex-wrap gap-x-6">
                {page && <MendLink page={page} />}
                <a href={`${orders}?${queryOf(filter)}`} className="inline-flex min-h-11 items-center">
                  {count === 1 ? "The order" : "These orders"}
                </a>
              </p>
            </li>
          );
        })}
      </ul>
      {groups.length > LISTED && (
        <p className="text-muted text-sm">And {groups.length - LISTED} more causes like these.</p>
      )}
    </section>
  );
}
