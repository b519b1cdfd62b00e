import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import { toDecimal } from "#lib/core/money/money.ts";
import { readFirmSettings } from "#lib/firms/read.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { PartForm } from "./part-form.tsx";
import { PrivacyForm } from "./privacy-form.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { SurplusForm } from "./surplus-form.tsx";
import { TermsForm } from "./terms-form.tsx";
import { TrustForm } from "./trust-form.tsx";

export const metadata: Metadata = { title: "Firm settings" };

export default async function FirmSettingsPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "settings");
  const [
    {
      terms,
      privacy,
      partMinimumMinor,
      partCurrency,
      partFromInvoices,
      surplusPolicy,
      trustHours,
      ...profile
    },
    [books],
  ] = await Promise.all([readFirmSettings(db(), firm), payConnections(db(), firm.firmId)]);
  const currency = partCurrency ?? books?.baseCurrency;
  const settings = { href: `/firms/${place.company}/${place.firm}/settings`, label: "Settings" };
  return (
    <>
      <PageTitle title="Firm" back={settings} />
      <div>
        <Section
          id="profile"
          title="Profile"
          intro={<p>What payers see on the pay page, receipts and letters.</p>}
        >
          <ProfileForm place={place} kept={profile} />
        </Section>
        <Section
          id="privacy"
          title="Privacy of pay links"
          intro={<p>A link with the right number and amount always shows that one invoice.</p>}
        >
          <PrivacyForm place={place} kept={privacy} />
        </Section>
        <Section
          id="part-payment"
          title="Part payment"
          intro={
            <p>On the pay page a client may type how much to pay of an invoice. What is left stays owed.</p>
          }
        >
          {currency ? (
            <PartForm
              place={place}
              currency={currency}
              kept={{
                minimum: partMinimumMinor === null ? null : toDecimal({ minor: partMinimumMinor, currency }),
                fromInvoices: partFromInvoices,
              }}
            />
          ) : (
            <p>Connect Xero first: the amount is in the organisation's currency.</p>
          )}
        </Section>
        <Section
          id="surplus"
          title="Overpayments"
          intro={
            <p>Money may arrive when its invoice has been paid elsewhere. The payer is told where it went.</p>
          }
        >
          <SurplusForm place={place} kept={surplusPolicy} />
        </Section>
        <Section
          id="while-away"
          title="Payments while Xero is unavailable"
          intro={
            <p>
              Clients can go on paying for this long after all of Xero's changes were last read. The payments
              are posted when Xero is back.
            </p>
          }
        >
          <TrustForm place={place} kept={trustHours} />
        </Section>
        <Section
          id="terms"
          title="Terms"
          intro={
            <p>
              Version {terms.version}, since {day(terms.publishedAt)}. What each payer agreed to is kept with
              the payment.
            </p>
          }
        >
          <TermsForm place={place} kept={terms.body} />
        </Section>
      </div>
    </>
  );
}

function day(instant: Date): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }).format(instant);
}
