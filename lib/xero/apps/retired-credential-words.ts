type Retired = { kind: string; expiredOn: string | null };

/** What an old credential is, and that it is over. */
export function retiredCredentialInWords({ kind, expiredOn }: Retired, say: (day: string) => string): string {
  if (kind === "x509") {
    const ended = expiredOn ? ` Its certificate ends on ${say(expiredOn)}.` : "";
    return `A private app with its own certificate, retired by Xero: it can't be used any more.${ended} A custom connection is its successor.`;
  }
  const ended = expiredOn ? ` Its token ended on ${say(expiredOn)}.` : "";
  return `Xero (OAuth 1.0a), retired by Xero: it can't be used any more.${ended} A consent by today's rules replaces it.`;
}
