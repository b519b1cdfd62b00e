import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { passwordLinkLetter } from "#lib/mail/letters/password-link.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { issuePasswordLink } from "#lib/people/password-links.ts";
import { listPeople } from "#lib/people/read.ts";
import { letterheadOf } from "./letterhead.ts";
import { listPosts } from "./member-store.ts";

type Asked = { askId: string; userId: string; firmId: string; askedBy: string };

/**
 * E-mails a person a new one-time link with which to set a password; older ones stop working. To their own address alone:
 * whoever invited them never sees it. Nothing is sent to somebody who has no role any more.
 */
export async function sendPasswordLink(db: Db, { askId, userId, firmId, askedBy }: Asked): Promise<void> {
  const people = await listPeople(db, [userId, askedBy]);
  const person = people.find((one) => one.userId === userId);
  if (!person || person.state === "disabled" || (await listPosts(db, userId)).length === 0) return;
  const firm = await letterheadOf(db, firmId);
  const token = await issuePasswordLink(db, userId);
  await sendLetter(
    db,
    { firmId, kind: "password-link", subjectKey: askId, to: person.email, fromName: firm.firmName },
    passwordLinkLetter({
      firmName: firm.firmName,
      askedBy: people.find((one) => one.userId === askedBy)?.name ?? firm.firmName,
      isNew: person.state === "invited",
      href: `${env().PUBLIC_ORIGIN}/sign-in/password/${token}`,
    }),
  );
}
