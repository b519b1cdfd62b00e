import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { caretakersOf, letterheadOf } from "#lib/firms/letterhead.ts";
import { type AlertFacts, alertLetter } from "#lib/mail/letters/alert.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { toEach } from "./to-each.ts";

type FirmAlert = Pick<AlertFacts, "happened" | "money" | "more"> & {
  since: Date;
  /** One letter a recipient under this key, however often the same is told. */
  key: string;
  /** `path` is the page's, under the firm's: "/to-do". */
  action: { label: string; path: string };
};

/** One letter to each caretaker of a firm; throws when one of them did not get it. `write` is told how the firm reads a time. */
export async function alertFirm(
  db: Db,
  firmId: string,
  write: (when: (at: Date) => string) => FirmAlert,
): Promise<void> {
  const [firm, caretakers, [books]] = await Promise.all([
    letterheadOf(db, firmId),
    caretakersOf(db, firmId),
    payConnections(db, firmId),
  ]);
  const where = { country: books?.countryCode ?? "GB", timeZone: books?.timeZone ?? "UTC" };
  const when = (at: Date) => formatInstant(at, where);
  const { key, since, action, ...facts } = write(when);
  const letter = alertLetter({
    ...facts,
    firmName: firm.firmName,
    since: when(since),
    action: {
      label: action.label,
      href: `${env().PUBLIC_ORIGIN}/firms/${firm.companySlug}/${firm.firmSlug}${action.path}`,
    },
  });
  await toEach(caretakers, (to) => sendLetter(db, { firmId, kind: "alert", subjectKey: key, to }, letter));
}
