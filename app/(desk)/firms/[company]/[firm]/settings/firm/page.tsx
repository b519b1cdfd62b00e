import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import { readFirmSettings } from "#lib/firms/read.ts";
import { PrivacyForm } from "./privacy-form.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { TermsForm } from "./terms-form.tsx";

export const metadata: Metadata = { title: "Firm settings" };

export default async function FirmSettingsPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "settings");
  const { terms, privacy, ...profile } = await readFirmSettings(db(), firm);
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
