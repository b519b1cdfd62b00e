import { CopyText } from "#components/copy-text.tsx";
import { Facts } from "#components/facts.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { scopeInWords } from "#lib/xero/apps/scopes.ts";
import type { XeroAppView } from "#lib/xero/organisations/read.ts";

type AppFactsProps = {
  app: XeroAppView;
  where: { country: string; timeZone: string };
  /** False when this firm connects through another one, or a custom connection is not connected. */
  inUse: boolean;
};

/** What is on file of an app. Of a secret: that it is there, since when, by whom. */
export function AppFacts({ app, where, inUse }: AppFactsProps) {
  const set = `Set on ${formatInstant(app.setAt, where)}${app.setBy ? ` by ${app.setBy}` : ""}`;
  return (
    <Facts
      facts={[
        {
          label: "State",
          value: inUse ? (
            <StatusWord tone="ok">
              {app.organisationName ? `Connected to ${app.organisationName}` : "In use"}
            </StatusWord>
          ) : (
            <StatusWord tone="quiet">
              {app.kind === "custom" ? "Not connected" : "Not used by this firm"}
            </StatusWord>
          ),
          note: app.verifiedAt ? `Xero took it on ${formatInstant(app.verifiedAt, where)}` : undefined,
        },
        { label: "Client id", value: <code className="break-all font-mono text-sm">{app.clientId}</code> },
        { label: "Client secret", value: app.secretSet ? set : "Missing" },
        {
          label: "Webhook key",
          value: app.webhookKeySet ? "On file" : "None: changes in Xero are seen within minutes",
          note: app.webhookSeenAt
            ? `Last signed webhook on ${formatInstant(app.webhookSeenAt, where)}`
            : undefined,
        },
        {
          label: "Webhook address",
          value: <CopyText text={app.webhookUrl} label="the webhook address" />,
          note: "Enter it on the app's Webhooks page, with all its boxes ticked: contacts, invoices, credit notes, prepayments, overpayments.",
        },
        {
          label: app.kind === "custom" ? "It may" : "Consent asks to",
          value: (
            <ul className="grid gap-0.5">
              {app.scopes
                .split(" ")
                .filter(Boolean)
                .map((scope) => (
                  <li key={scope}>{scopeInWords(scope)}</li>
                ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
