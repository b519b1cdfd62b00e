/** In place of forms that choose from an organisation's chart of accounts. */
export function NotReadYet({ organisationName }: { organisationName: string }) {
  return (
    <p>
      The chart of accounts of {organisationName} is still being read from Xero. Open this page again in a
      minute.
    </p>
  );
}
