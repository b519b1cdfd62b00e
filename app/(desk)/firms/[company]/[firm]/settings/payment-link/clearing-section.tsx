import type { Place } from "#app/door/action.ts";
import { Facts } from "#components/facts.tsx";
import { Notice } from "#components/notice.tsx";
import { db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { clearingChoices } from "#lib/payouts/clearing/choose-clearing.ts";
import type { ClearingChoice } from "#lib/xero/organisations/clearing-account.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";
import { ClearingForm } from "./clearing-form.tsx";

type ClearingProps = {
  place: Place;
  firm: FirmContext;
  story: ConnectionDetails;
  /** Says whose account it is; of several organisations. */
  named: boolean;
};

/** Where this organisation's money waits. The choices come from Xero, now. */
export async function Clearing({ place, firm, story, named }: ClearingProps) {
  const choices = await choicesOrWhy(firm, story.connectionId);
  return (
    <div className="grid gap-5">
      {story.clearing && (
        <Facts
          facts={[
            {
              label: story.organisationName,
              value: story.clearing.name,
              note: story.clearing.checkedAt
                ? `Xero took it on ${formatInstant(story.clearing.checkedAt, { country: story.countryCode, timeZone: story.timeZone })}`
                : undefined,
            },
          ]}
        />
      )}
      {typeof choices === "string" ? (
        <Notice tone="warn">{choices}</Notice>
      ) : choices.length === 0 ? (
        <Notice tone="warn">
          {story.organisationName} has no account that takes payments. In Xero, add a bank account called
          “Card clearing” under Accounting, Bank accounts; then open this page again.
        </Notice>
      ) : (
        <ClearingForm
          place={place}
          connectionId={story.connectionId}
          label={named ? `Clearing account of ${story.organisationName}` : "Clearing account"}
          chosen={story.clearing?.accountId}
          options={choices.map((choice) => ({ value: choice.accountId, label: labelOf(choice) }))}
        />
      )}
    </div>
  );
}

async function choicesOrWhy(firm: FirmContext, connectionId: string): Promise<ClearingChoice[] | string> {
  try {
    return await clearingChoices(db(), firm, connectionId);
  } catch (error) {
    if (error instanceof AppError) return `The accounts could not be read. ${error.message}`;
    throw error;
  }
}

function labelOf({ code, name, isBank }: ClearingChoice): string {
  return [code, name, isBank ? "(bank)" : ""].filter(Boolean).join(" ");
}
