import { formatInstant } from "#lib/core/date-words.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { caretakersOf, letterheadOf } from "#lib/firms/letterhead.ts";
import { alertLetter } from "#lib/mail/letters/alert.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { listAlertTargets } from "#lib/xero/alert-targets.ts";

type Change = { connectionId: string; state: string; since: string };

const HAPPENED: Record<string, string> = {
  disconnected: "was disconnected inside Xero",
  organisation_gone: "is no longer the organisation that was connected",
  missing_scope: "no longer gives us every permission we need",
  needs_reconnect: "needs to be reconnected to Xero",
};

/** One letter to each caretaker when a connection stops working; none when it works again. */
export async function alertConnectionChanged(db: Db, change: Change): Promise<void> {
  const what = HAPPENED[change.state];
  if (!what) return;
  for (const target of await listAlertTargets(db, { connectionId: change.connectionId }))
    await alert(db, target, { what, ...change });
}

/** The same for every connection that lived on a lost grant. */
export async function alertGrantLost(
  db: Db,
  { grantId, since }: { grantId: string; since: string },
): Promise<void> {
  for (const target of await listAlertTargets(db, { grantId })) {
    await alert(db, target, { what: "needs to be reconnected to Xero", state: "needs_reconnect", since });
  }
}

type Target = Awaited<ReturnType<typeof listAlertTargets>>[number];

async function alert(
  db: Db,
  target: Target,
  change: { what: string; state: string; since: string },
): Promise<void> {
  const firm = await letterheadOf(db, target.firmId);
  const letter = alertLetter({
    firmName: firm.firmName,
    happened: `${target.organisationName} ${change.what}.`,
    since: formatInstant(new Date(change.since), { country: target.countryCode, timeZone: target.timeZone }),
    money:
      "No payer can pay until it is connected again. Payments taken before wait here, and are written to Xero then.",
    more: [],
    action: {
      label: "Open connections",
      href: `${env().PUBLIC_ORIGIN}/firms/${firm.companySlug}/${firm.firmSlug}/connections`,
    },
  });
  for (const to of await caretakersOf(db, target.firmId)) {
    const subjectKey = `${target.connectionId} ${change.state} ${change.since}`;
    await sendLetter(db, { firmId: target.firmId, kind: "alert", subjectKey, to }, letter);
  }
}
