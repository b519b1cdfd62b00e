import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { CopyText } from "#components/copy-text.tsx";
import { ExternalLink } from "#components/external-link.tsx";
import { Facts } from "#components/facts.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { db } from "#lib/core/db.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { readFormerAccounts, readProcessor } from "#lib/processor/read.ts";
import { testModeOf } from "#lib/processor/test-mode.ts";
import { placeAndTime } from "../../place-and-time.ts";
import { MethodsForm, TestPaymentsForm } from "./choice-forms.tsx";
import { KeyForm, RenewKeyForm, WebhookSecretForm } from "./key-form.tsx";

export const metadata: Metadata = { title: "Payment processor" };

const EVENTS = {
  missing: { tone: "warn", children: "No events: we ask every minute" },
  awaited: { tone: "busy", children: "Waiting for the first event" },
  arriving: { tone: "ok", children: "Events arrive" },
} as const;

export default async function ProcessorPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "settings");
  const [account, former, testMode, where] = await Promise.all([
    readProcessor(db(), firm),
    readFormerAccounts(db(), firm),
    testModeOf(db(), firm.firmId),
    placeAndTime(db(), firm.firmId),
  ]);
  return (
    <>
      <PageTitle
        title="Payment processor"
        lead="Cards are taken on Stripe's own page. No card number ever comes here."
        back={{ href: `/firms/${place.company}/${place.firm}/settings`, label: "Settings" }}
      />
      <div>
        <Section
          id="account"
          title="Stripe account"
          intro={
            <p>
              The key is in Stripe under Developers, API keys.{" "}
              <ExternalLink href="https://dashboard.stripe.com/apikeys">Open Stripe</ExternalLink>
            </p>
          }
        >
          {account && (
            <Facts
              facts={[
                { label: "Account", value: account.displayName, note: account.accountRef },
                { label: "Mode", value: account.livemode ? "Live" : "Test" },
                {
                  label: "Secret key",
                  value: `Set on ${formatInstant(account.setAt, where)}${account.setByName ? ` by ${account.setByName}` : ""}`,
                  note: account.keyHint,
                },
              ]}
            />
          )}
          {account?.isShared && (
            <Notice tone="warn" title="Another firm of this desk uses this account">
              A payout that holds payments of both is not written to Xero: it waits on the to-do list of each.
              Give each firm an account of its own.
            </Notice>
          )}
          <KeyForm place={place} />
        </Section>
        {testMode && (
          <Section
            id="test-payments"
            title="Test payments"
            intro={
              <p>
                The key is a test key, and {testMode.organisations.join(", ")} is no demo company. A test
                payment takes no money, and marks an invoice there as paid. Nobody can pay until the live key
                is saved, or you decide here to take test payments.
              </p>
            }
          >
            <TestPaymentsForm place={place} isAllowed={testMode.isAllowed} />
          </Section>
        )}
        {account && (
          <Section
            id="methods"
            title="Ways to pay"
            intro={
              <p>
                Cards are always taken. A bank debit costs less and takes days: until it is confirmed, the
                invoice is on its way and nobody can pay it again.
              </p>
            }
          >
            <MethodsForm place={place} takesDebits={account.takesDebits} />
          </Section>
        )}
        {account && (
          <Section
            id="events"
            title="Events"
            intro={
              <p>
                Stripe tells us of each payment within a second. Without events we ask every minute, and hear
                of no refund or dispute that is made in Stripe.
              </p>
            }
          >
            <Facts
              facts={[
                {
                  label: "State",
                  value: <StatusWord {...EVENTS[account.events]} />,
                  note: account.webhookSeenAt
                    ? `Last on ${formatInstant(account.webhookSeenAt, where)}`
                    : undefined,
                },
                { label: "Address", value: <CopyText text={account.webhookUrl} label="Copy the address" /> },
              ]}
            />
            {!account.isRegistered && <WebhookSecretForm place={place} />}
          </Section>
        )}
        {former.length > 0 && (
          <Section
            id="former-accounts"
            title="Former accounts"
            intro={
              <p>
                Payments that these accounts took are still refunded and reconciled through them. Paste a key
                of one above to take new payments by it again.
              </p>
            }
          >
            <ul className="grid gap-8">
              {former.map((one) => (
                <li key={one.accountId} className="grid gap-4">
                  <Facts
                    facts={[
                      { label: "Account", value: one.displayName, note: one.accountRef },
                      { label: "Mode", value: one.livemode ? "Live" : "Test" },
                      {
                        label: "Secret key",
                        value: `Set on ${formatInstant(one.setAt, where)}`,
                        note: one.keyHint,
                      },
                    ]}
                  />
                  <RenewKeyForm place={place} accountId={one.accountId} />
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
    </>
  );
}
