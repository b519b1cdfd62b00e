import { formatInstant } from "#lib/core/date-words.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { caretakersOf, letterheadOf } from "#lib/firms/letterhead.ts";
import { alertLetter } from "#lib/mail/letters/alert.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { CAUSE_WORDS } from "#lib/posting/cause-words.ts";
import { refusedByFirm } from "#lib/posting/read.ts";
import { payConnections } from "#lib/xero/pay-connections.ts";

/**
 * One letter a day to each caretaker of a firm while Xero refuses documents: how many, and why, grouped by cause. `now`
 * decides the day.
 */
export async function alertRefused(db: Db, now: Date): Promise<void> {
  for (const { firmId, since, causes } of await refusedByFirm(db)) {
    const [firm, caretakers, [books]] = await Promise.all([
      letterheadOf(db, firmId),
      caretakersOf(db, firmId),
      payConnections(db, firmId),
    ]);
    const count = [...causes.values()].reduce((sum, one) => sum + one, 0);
    const letter = alertLetter({
      firmName: firm.firmName,
      happened: count === 1 ? "Xero refused a document." : `Xero refused ${count} documents.`,
      since: formatInstant(since, {
        country: books?.countryCode ?? "GB",
        timeZone: books?.timeZone ?? "UTC",
      }),
      money: "The money itself is safe and on record here; Xero does not show it yet.",
      more: [...causes].map(([cause, times]) => `${times} × ${CAUSE_WORDS[cause].title}`),
      action: {
        label: "Open the to-do list",
        href: `${env().PUBLIC_ORIGIN}/firms/${firm.companySlug}/${firm.firmSlug}/to-do`,
      },
    });
    const subjectKey = `${firmId} refused ${now.toISOString().slice(0, 10)}`;
    for (const to of caretakers) await sendLetter(db, { firmId, kind: "alert", subjectKey, to }, letter);
  }
}
