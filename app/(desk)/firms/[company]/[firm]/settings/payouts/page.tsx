import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Streamed } from "#app/door/streamed.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { dayIn } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { listPayoutChoices, type PayoutChoices, readPayoutSettings } from "#lib/payouts/payout-settings.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { PayoutsForm } from "./payouts-form.tsx";

export const metadata: Metadata = { title: "Payouts" };

type Props = { params: Promise<Place>; searchParams: Promise<{ wait?: string }> };

/** How the processor's payouts are written, for each organisation. */
export default async function PayoutsPage({ params, searchParams }: Props) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "settings");
  const { live } = await loadConnections(db(), firm);
  const waits = (await searchParams).wait !== undefined;
  return (
    <>
      <PageTitle
        title="Payouts"
        lead="Each payout is written to Xero as the processor's fees and a transfer of exactly what reaches the bank, so that the bank line matches in one click."
        back={{ href: `/firms/${place.company}/${place.firm}/settings`, label: "Settings" }}
      />
      {live.length === 0 && (
        <p>
          First <a href={`/firms/${place.company}/${place.firm}/connections`}>connect Xero</a>: the accounts
          come from there.
        </p>
      )}
      <div>
        {live.map((story) => (
          <Section key={story.connectionId} id={story.connectionId} title={story.organisationName}>
            <Streamed waits={waits} note="Reading the accounts from Xero…">
              <Payouts place={place} firm={firm} story={story} />
            </Streamed>
          </Section>
        ))}
      </div>
    </>
  );
}

type PayoutsProps = { place: Place; firm: FirmContext; story: ConnectionDetails };

async function Payouts({ place, firm, story }: PayoutsProps) {
  const { connectionId, clearing, timeZone } = story;
  if (!clearing) {
    return (
      <p>
        First{" "}
        <a href={`/firms/${place.company}/${place.firm}/settings/payment-link#clearing-account`}>
          choose the clearing account
        </a>
        .
      </p>
    );
  }
  const [choices, saved] = await Promise.all([
    choicesOrWhy(firm, connectionId),
    readPayoutSettings(db(), firm, connectionId),
  ]);
  if (typeof choices === "string") return <Notice tone="warn">{choices}</Notice>;
  return (
    <PayoutsForm
      place={place}
      connectionId={connectionId}
      banks={choices.banks.map(({ accountId, name }) => ({ value: accountId, label: name }))}
      feeAccounts={choices.feeAccounts.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
      taxTypes={choices.taxTypes.map(({ taxType, name }) => ({ value: taxType, label: name }))}
      saved={saved ?? { feesPer: "payout", startsOn: dayIn(timeZone, new Date()) }}
    />
  );
}

async function choicesOrWhy(firm: FirmContext, connectionId: string): Promise<PayoutChoices | string> {
  try {
    return await listPayoutChoices(db(), firm, connectionId);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
