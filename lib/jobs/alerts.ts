import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { caretakersOf, letterheadOf } from "#lib/firms/letterhead.ts";
import { alertLetter } from "#lib/mail/letters/alert.ts";
import { sendLetter } from "#lib/mail/send.ts";
import {
  type AlertTarget,
  listAlertTargets,
  listSilences,
  noteTold,
} from "#lib/xero/organisations/alert-targets.ts";
import { toEach } from "./to-each.ts";

type Alert = {
  /** After the organisation's name: "was disconnected inside Xero". */
  what: string;
  money: string;
  since: Date;
  /** One letter a recipient under this key, however often the same is told. */
  key: string;
};

const BLOCKED =
  "No payer can pay until it is connected again. Payments taken before wait here, and are written to Xero then.";
const SAFE = "Payments taken meanwhile wait here, and are written to Xero when it answers.";

const LACKING = "What needs it waits here, and is done once it is reconnected and allowed.";

const WORKS = "Clients can pay, and what waited is written to Xero now.";

const HAPPENED: Record<string, { what: string; money: string }> = {
  healthy: { what: "works again", money: WORKS },
  disconnected: { what: "was disconnected inside Xero", money: BLOCKED },
  organisation_gone: { what: "is no longer the organisation that was connected", money: BLOCKED },
  missing_scope: { what: "does not give us every permission we need", money: LACKING },
};

/** One letter to each caretaker for each change of a connection's state, for better or worse. */
export async function alertConnectionChanged(
  db: Db,
  { connectionId, state, since }: { connectionId: string; state: string; since: string },
): Promise<void> {
  const said = HAPPENED[state];
  if (!said) return;
  const targets = await listAlertTargets(db, { connectionId });
  await tell(db, targets, { ...said, since: new Date(since), key: `${connectionId} ${state} ${since}` });
}

/** One letter for all connections that lived on a lost grant. */
export async function alertGrantLost(
  db: Db,
  { grantId, since }: { grantId: string; since: string },
): Promise<void> {
  await tell(db, await listAlertTargets(db, { grantId }), {
    what: "needs to be reconnected to Xero",
    money: BLOCKED,
    since: new Date(since),
    key: `${grantId} needs_reconnect ${since}`,
  });
}

/** One letter for all connections through an app whose secret Xero no longer takes. */
export async function alertAppRefused(
  db: Db,
  { appId, since }: { appId: string; since: string },
): Promise<void> {
  await tell(db, await listAlertTargets(db, { appId }), {
    what: "can't be reached: Xero no longer takes the app's client secret",
    money:
      "No payer can pay until the current secret is saved under Settings, Xero. Nobody has to reconnect; payments taken before wait here.",
    since: new Date(since),
    key: `${appId} app_refused ${since}`,
  });
}

/** One letter a person when Xero stays away, for all organisations it does not answer for, and one when it is back. */
export async function alertSilences(db: Db, now: Date): Promise<void> {
  const { away, back } = await listSilences(db);
  const since = away[0]?.unreachableSince;
  if (since) {
    const key = `unreachable ${away[0]?.connectionId} ${since.toISOString()}`;
    const alert = { what: "gets no answer from Xero", money: SAFE, since, key };
    // Who got none has it on the to-do list: the others are told of the end all the same.
    await tell(db, away, alert).finally(() => noteTold(db, away, "away"));
  }
  const told = back[0]?.unreachableToldAt;
  if (told) {
    const key = `answered ${back[0]?.connectionId} ${told.toISOString()}`;
    const alert = { what: "is answered by Xero again", money: WORKS, since: now, key };
    await tell(db, back, alert).finally(() => noteTold(db, back, "back"));
  }
}

/** The firm that has an organisation hears that somebody else tried to connect it: once a day at most. */
export async function alertAskedFor(
  db: Db,
  { connectionId }: { connectionId: string },
  now: Date,
): Promise<void> {
  await tell(db, await listAlertTargets(db, { connectionId }), {
    what: "was asked for by another firm on this desk, and refused",
    money: "Nothing changed for you. If you expected this, disconnect the organisation here first.",
    since: now,
    key: `${connectionId} asked-for ${now.toISOString().slice(0, 10)}`,
  });
}

/** One letter to each person, that names every one of these organisations which they look after. */
async function tell(db: Db, targets: AlertTarget[], { what, money, since, key }: Alert): Promise<void> {
  const byPerson = new Map<string, AlertTarget[]>();
  for (const [firmId, ofFirm] of Map.groupBy(targets, (target) => target.firmId)) {
    for (const to of await caretakersOf(db, firmId))
      byPerson.set(to, [...(byPerson.get(to) ?? []), ...ofFirm]);
  }
  await toEach(byPerson.keys(), async (to) => {
    const [target, ...others] = byPerson.get(to) ?? [];
    if (!target) return;
    const firm = await letterheadOf(db, target.firmId);
    const letter = alertLetter({
      firmName: firm.firmName,
      happened: `${target.organisationName} ${what}.`,
      since: formatInstant(since, { country: target.countryCode, timeZone: target.timeZone }),
      money,
      more: others.map(({ organisationName }) => `${organisationName} ${what}.`),
      action: {
        label: "Open connections",
        href: `${env().PUBLIC_ORIGIN}/firms/${firm.companySlug}/${firm.firmSlug}/connections`,
      },
    });
    await sendLetter(db, { firmId: target.firmId, kind: "alert", subjectKey: key, to }, letter);
  });
}
