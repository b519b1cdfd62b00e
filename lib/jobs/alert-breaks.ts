import { formatInstant } from "#lib/core/date-words.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { caretakersOf, letterheadOf } from "#lib/firms/letterhead.ts";
import { alertLetter } from "#lib/mail/letters/alert.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { freshBreaks } from "#lib/reconcile/read.ts";
import { BREAK_WORDS } from "#lib/reconcile/words.ts";
import { payConnections } from "#lib/xero/pay-connections.ts";

/**
 * One letter a day to each caretaker of a firm where Stripe, Xero and our records came to disagree since the day before: how
 * often, grouped by kind. `now` decides the day.
 */
export async function alertBreaks(db: Db, now: Date): Promise<void> {
  for (const { firmId, since, kinds } of await freshBreaks(db)) {
    const [firm, caretakers, [books]] = await Promise.all([
      letterheadOf(db, firmId),
      caretakersOf(db, firmId),
      payConnections(db, firmId),
    ]);
    const count = [...kinds.values()].reduce((sum, one) => sum + one, 0);
    const letter = alertLetter({
      firmName: firm.firmName,
      happened:
        count === 1
          ? "Stripe, Xero and our records disagree about a payment."
          : `Stripe, Xero and our records disagree about ${count} payments.`,
      since: formatInstant(since, {
        country: books?.countryCode ?? "GB",
        timeZone: books?.timeZone ?? "UTC",
      }),
      money: "Nothing was changed by it. The list says for each what stands where, and what to do.",
      more: [...kinds].map(([kind, times]) => `${times} × ${BREAK_WORDS[kind].title}`),
      action: {
        label: "Open the to-do list",
        href: `${env().PUBLIC_ORIGIN}/firms/${firm.companySlug}/${firm.firmSlug}/to-do`,
      },
    });
    const subjectKey = `${firmId} breaks ${now.toISOString().slice(0, 10)}`;
    for (const to of caretakers) await sendLetter(db, { firmId, kind: "alert", subjectKey, to }, letter);
  }
}
