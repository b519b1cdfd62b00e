import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { createTransport, type SendMailOptions, type Transporter } from "nodemailer";
import { letters } from "#db/schema/mail.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { forgetFailures, mayBeTried, noteFailure } from "#lib/core/failures/failures.ts";
import type { Worded } from "#lib/core/failures/reason.ts";

export type Letter = { subject: string; text: string; html: string };

export type Envelope = {
  firmId: string | null;
  kind: (typeof letters.$inferInsert)["kind"];
  /** What it is about: the same kind, key and recipient is the same letter. */
  subjectKey: string;
  to: string;
  /** The firm's name, in front of our address. */
  fromName?: string;
  /** Where an answer goes. */
  replyTo?: string | null;
};

let transport: Transporter | undefined;

/** A person waits for the answer. */
const TEST_MS = 10_000;

/** nodemailer's own are 2 minutes, 30 seconds and 10 minutes, for each of which every later letter would wait. SMTP_URL may say otherwise. */
const LIMITS = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

/** For all of it, however slowly the server goes on. */
const LETTER_MS = 60_000;

/** What failures of sending a letter are kept under. */
export const LETTER = "letter";

/** Seconds between tries: a code is waited for. */
const PACE = { first: 2 };

/** The mail server did not take a letter, or has not lately and is not asked again yet. */
class NotSent extends Error implements Worded {
  override readonly name = "NotSent";
  readonly inWords: string;
  constructor(inWords: string, cause?: unknown) {
    super(inWords, { cause });
    this.inWords = inWords;
  }
}

/**
 * Sends a letter unless it was sent before, or a person has ended it. Throws when the mail server does not take it within a minute, and,
 * without asking it, while a pause after that lasts: whoever sends it tries again. A crash between the server's yes and our note can
 * send it twice; never not at all.
 */
export async function sendLetter(db: Db, envelope: Envelope, letter: Letter): Promise<void> {
  const { firmId, kind, subjectKey, to: recipient } = envelope;
  await db.insert(letters).values({ firmId, kind, subjectKey, recipient }).onConflictDoNothing();
  const isThis = and(
    eq(letters.kind, kind),
    eq(letters.subjectKey, subjectKey),
    eq(letters.recipient, recipient),
    isNull(letters.sentAt),
    isNull(letters.endedAt),
  );
  const [unsent] = await db
    .select({ id: letters.id, isDue: sql<boolean>`${mayBeTried(LETTER, letters.id)}` })
    .from(letters)
    .where(isThis);
  if (!unsent) return;
  if (!unsent.isDue) throw new NotSent("The mail server did not take it; it is tried again later.");

  await deliver(db, unsent.id, {
    from: sender(envelope.fromName),
    to: { name: "", address: recipient },
    ...(envelope.replyTo ? { replyTo: { name: envelope.fromName ?? "", address: envelope.replyTo } } : {}),
    messageId: `<${unsent.id}@${new URL(env().PUBLIC_ORIGIN).hostname}>`,
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    // nodemailer 10 takes it; its types, of 8, don't say so.
    ...{ signal: AbortSignal.timeout(LETTER_MS) },
  });
}

async function deliver(db: Db, id: string, mail: SendMailOptions): Promise<void> {
  try {
    await mailer().sendMail(mail);
  } catch (error) {
    const says = error instanceof Error ? error.message : "it refused";
    const refusal = new NotSent(`The mail server says: ${says}`, error);
    await noteFailure(db, { kind: LETTER, item: id }, refusal, PACE);
    throw refusal;
  }
  await db.update(letters).set({ sentAt: sql`now()` }).where(eq(letters.id, id));
  await forgetFailures(db, LETTER, [id]);
}

/** Asks the mail server whether it would take our letters; null when it does, else what it or the line says. */
export async function testMail(): Promise<string | null> {
  const silent = new Promise<string>((says) =>
    setTimeout(says, TEST_MS, `no answer in ${TEST_MS / 1_000} seconds`).unref(),
  );
  const verified = mailer()
    .verify()
    .then(() => null)
    .catch((error: unknown) => (error instanceof Error ? error.message : "it refused"));
  return Promise.race([verified, silent]);
}

function mailer(): Transporter {
  transport ??= createTransport(
    { url: env().SMTP_URL, ...LIMITS },
    { disableFileAccess: true, disableUrlAccess: true },
  );
  return transport;
}

/** "Demo Accountants <pay@example.com>": the firm's name with the desk's own address. */
function sender(firmName: string | undefined) {
  const [, name = "", address = env().MAIL_FROM] = /^(.*?)\s*<([^>]+)>$/.exec(env().MAIL_FROM) ?? [];
  return { name: firmName ?? name, address };
}
