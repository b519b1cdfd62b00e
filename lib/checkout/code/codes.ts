import { createHmac, randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { limiter } from "#lib/core/limits.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { seal } from "#lib/core/vault/vault.ts";
import { findContact } from "#lib/mirror/read.ts";
import { codeAsked } from "../jobs.ts";
import { countTry, insertCode, takeCode } from "../store.ts";
import { addressesOf } from "./code-addresses.ts";

const CODE_MINUTES = 10;
const WRONG_TRIES = 5;

const perHour = limiter("code-hour", { points: 3, seconds: 3_600 });
const perDay = limiter("code-day", { points: 10, seconds: 86_400 });

export type CodeFor = { firmId: string; connectionId: string; contactId: string };

export const codePlace = (id: string) => ({ table: "email_codes", row: id, column: "sealed_code" });

/**
 * Has a six-digit code sent to one of the contact's addresses in Xero, by its key; false when it has no such address (any
 * more). At most three an hour and ten a day for a contact. Throws `too_many` beyond.
 */
export async function requestCode(db: Db, whom: CodeFor, key: string): Promise<boolean> {
  const { firmId, connectionId, contactId } = whom;
  const contact = await findContact(db, connectionId, contactId);
  const address = contact && addressesOf(contactId, contact).find((one) => one.key === key);
  if (!address) return false;
  await perHour.consume(contactId);
  await perDay.consume(contactId);

  const id = randomUUID();
  const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
  await db.transaction(async (tx) => {
    await insertCode(tx, {
      ...{ firmId, connectionId, contactId },
      id,
      sentTo: address.email,
      sealedCode: seal(code, codePlace(id)),
      codeHash: hashed(id, code),
      expiresAt: new Date(Date.now() + CODE_MINUTES * 60_000),
    });
    await enqueue(tx, codeAsked, { codeId: id });
  });
  return true;
}

export type Checked =
  | { kind: "right"; codeId: string }
  | { kind: "wrong"; triesLeft: number }
  /** Not six digits: no try at all. */
  | { kind: "no_digits" }
  | { kind: "no_code" };

/**
 * Right once, within ten minutes and five tries. Each try is counted before it is looked at, so that five are five, however
 * many come at once. `no_code` also stands for a contact that never had one.
 */
export async function checkCode(
  db: Db,
  whom: CodeFor,
  { typed, ip }: { typed: string; ip: string | null },
): Promise<Checked> {
  const code = typed.replace(/\s/g, "");
  if (!/^\d{6}$/.test(code)) return { kind: "no_digits" };
  const tried = await countTry(db, whom, WRONG_TRIES);
  if (!tried) return { kind: "no_code" };
  const given = Buffer.from(hashed(tried.id, code));
  if (timingSafeEqual(given, Buffer.from(tried.codeHash))) {
    return (await confirm(db, whom, { codeId: tried.id, ip }))
      ? { kind: "right", codeId: tried.id }
      : { kind: "no_code" };
  }
  const triesLeft = WRONG_TRIES - tried.wrongTries;
  return triesLeft > 0 ? { kind: "wrong", triesLeft } : { kind: "no_code" };
}

async function confirm(
  db: Db,
  { firmId }: CodeFor,
  { codeId, ip }: { codeId: string; ip: string | null },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await takeCode(tx, codeId))) return false;
    await record(tx, { firmId, actor: "payer", action: "code.confirmed", subject: `code:${codeId}`, ip });
    return true;
  });
}

/** Six digits alone could be tried out from a stolen table; with the process's secret they can't. */
function hashed(id: string, code: string): string {
  return createHmac("sha256", env().SESSION_SECRET).update(`${id} ${code}`).digest("hex");
}
