import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { open as unseal } from "#lib/core/vault/vault.ts";
import { findContact } from "#lib/mirror/read.ts";
import { readChanges } from "#lib/mirror/sync/delta.ts";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { tenants } from "#lib/testing/xero/at-xero.ts";
import { addressesOf } from "./code-addresses.ts";
import { type CodeFor, checkCode, codePlace, requestCode } from "./codes.ts";
import { sendCode } from "./send-code.ts";

const db = testDb();
const simulator = testSimulator();
let whom: CodeFor;

beforeAll(async () => {
  const { books } = await openDesk(db(), simulator());
  const { rows } = await db().execute(sql`select contact_id from contacts where email is not null limit 1`);
  whom = { ...books, contactId: String(rows[0]?.contact_id) };
});

async function codeSent(): Promise<{ id: string; code: string }> {
  const contact = await findContact(db(), whom.connectionId, whom.contactId);
  const [to] = addressesOf(whom.contactId, contact ?? { email: null, persons: [] });
  expect(await requestCode(db(), whom, to?.key ?? "")).toBe(true);
  const { rows } = await db().execute(
    sql`select id, sealed_code from email_codes order by created_at desc limit 1`,
  );
  const id = String(rows[0]?.id);
  return { id, code: unseal(String(rows[0]?.sealed_code), codePlace(id)) };
}

const check = (typed: string) => checkCode(db(), whom, { typed, ip: null });

test("Q8: of sixty wrong codes at once five are looked at, and then the right one opens nothing", async () => {
  const { id, code } = await codeSent();
  // What is no six digits is no try.
  for (const typed of ["", "12 34", "abcdef", "1234567"])
    expect(await check(typed)).toEqual({ kind: "no_digits" });
  const wrong = Array.from({ length: 60 }, (_, at) =>
    String((Number(code) + 1 + at) % 1_000_000).padStart(6, "0"),
  );
  const answers = await Promise.all(wrong.map(check));
  const left = answers.flatMap((answer) => (answer.kind === "wrong" ? [answer.triesLeft] : []));
  expect(left.toSorted()).toEqual([1, 2, 3, 4]);
  const { rows } = await db().execute(sql`select wrong_tries from email_codes where id = ${id}`);
  expect(rows[0]?.wrong_tries).toBe(5);
  expect((await check(code)).kind).toBe("no_code");
});

test("the right code opens once, also at the fifth try, and however many send it at once", async () => {
  const { id, code } = await codeSent();
  await db().execute(sql`update email_codes set wrong_tries = 4 where id = ${id}`);
  expect(await check(` ${code.slice(0, 3)} ${code.slice(3)}`)).toEqual({ kind: "right", codeId: id });
  expect((await check(code)).kind).toBe("no_code");
  const again = await codeSent();
  const all = await Promise.all(Array.from({ length: 20 }, () => check(again.code)));
  expect(all.filter(({ kind }) => kind === "right")).toHaveLength(1);
});

test("a code goes to the address that was chosen: the contact's own or a person's, and to no other", async () => {
  const tenantId = String((await tenants(simulator())).au);
  const persons = [
    { email: "later@bayside.example" },
    { email: "Kim@bayside.example", includeInEmails: true },
    { email: "not an address" },
  ];
  await simulator().control("POST", "/control/xero/contact", {
    tenantId,
    contactId: whom.contactId,
    persons,
  });
  await readChanges(db(), whom, { kinds: ["contacts"], force: true });
  const contact = await findContact(db(), whom.connectionId, whom.contactId);
  const addresses = addressesOf(whom.contactId, contact ?? { email: null, persons: [] });
  expect(addresses.map(({ email }) => email)).toEqual([
    contact?.email,
    "Kim@bayside.example",
    "later@bayside.example",
  ]);
  for (const { masked } of addresses) expect(masked).toMatch(/^.•••@.•••\.\w+( \(\d\))?$/);
  await db().execute(sql`delete from rate_limits`);
  expect(await requestCode(db(), whom, "an-address-of-nobody-0")).toBe(false);
  expect(await requestCode(db(), whom, addresses[1]?.key ?? "")).toBe(true);
  const { rows } = await db().execute(sql`select sent_to from email_codes order by created_at desc limit 1`);
  expect(rows[0]?.sent_to).toBe("Kim@bayside.example");
  const { rows: codes } = await db().execute(
    sql`select id from email_codes order by created_at desc limit 1`,
  );
  await sendCode(db(), String(codes[0]?.id));
  const { rows: kept } = await db().execute(sql`select recipient, sent_to, sealed_code
    from letters l join email_codes c on c.id::text = l.subject_key where l.kind = 'code'`);
  expect(kept, "sent, then forgotten").toEqual([
    { recipient: "Kim@bayside.example", sent_to: null, sealed_code: null },
  ]);

  await db().execute(
    sql`update contacts set email = null, persons = '[]' where contact_id = ${whom.contactId}`,
  );
  expect(await requestCode(db(), whom, addresses[1]?.key ?? ""), "gone from Xero").toBe(false);
});
