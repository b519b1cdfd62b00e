/** What stands under the fields of an app's form; secrets that are on file may be left out. */
export function hintsFor(
  whose: "firm" | "company" | "custom",
  kept: { webhookKeySet: boolean } | undefined,
): { secret: string; webhookKey: string; scopes: string } {
  const asked =
    whose === "custom" ? "What must be ticked on its page at Xero" : "What Xero's consent screen asks for";
  return {
    secret: kept
      ? "Leave empty to keep the one on file. It is never shown again."
      : "Xero shows it once. Here it is sealed and never shown again.",
    webhookKey: kept?.webhookKeySet
      ? "Leave empty to keep the one on file."
      : "On the app's Webhooks page. Without it changes in Xero are seen within minutes, with it within seconds.",
    scopes: `${asked}, with spaces between. The ones that stand here are all that the desk needs.`,
  };
}
