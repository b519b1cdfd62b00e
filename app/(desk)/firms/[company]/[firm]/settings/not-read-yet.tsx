import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";

type Props = { story: Pick<ConnectionDetails, "organisationName" | "autoSync">; connections: string };

/** In place of forms that choose from an organisation's chart of accounts. */
export function NotReadYet({ story: { organisationName, autoSync }, connections }: Props) {
  return autoSync ? (
    <p>
      The chart of accounts of {organisationName} is still being read from Xero. Open this page again in a
      minute.
    </p>
  ) : (
    <p>
      The chart of accounts of {organisationName} has not been read from Xero, and its automatic reading is
      off. Turn it on under <a href={connections}>Connections</a>.
    </p>
  );
}
