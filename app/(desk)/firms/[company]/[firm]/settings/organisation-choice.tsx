import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";

/** The organisation that an address names by `?organisation=`, or the first of the firm's; none while none is connected. */
export function organisationIn(
  live: ConnectionDetails[],
  { organisation }: Record<string, string | string[] | undefined>,
): ConnectionDetails | undefined {
  return live.find(({ connectionId }) => connectionId === organisation) ?? live[0];
}

type Props = { live: ConnectionDetails[]; chosen: ConnectionDetails };

/** Leads to each of a firm's organisations, where it has several. */
export function OrganisationChoice({ live, chosen }: Props) {
  if (live.length < 2) return null;
  return (
    <nav aria-label="Organisation">
      <ul className="flex flex-wrap gap-x-6">
        {live.map(({ connectionId, organisationName }) => (
          <li key={connectionId}>
            <a
              href={`?organisation=${connectionId}`}
              aria-current={connectionId === chosen.connectionId ? "page" : undefined}
              className="inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
            >
              {organisationName}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
