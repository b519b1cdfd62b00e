import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { record } from "#lib/audit/record.ts";
import { verifyTimeline } from "#lib/audit/verify.ts";
import { env } from "#lib/core/env.ts";
import { evidenceOf } from "#lib/evidence/evidence.ts";
import { readPayment } from "#lib/evidence/read-payment.ts";
import { requireFirm } from "#lib/firms/authorise.ts";
import { startRefund } from "#lib/payments/refunds/start-refund.ts";
import { testDb } from "#lib/testing/database.ts";
import { begin, commit, type Desk, openDesk } from "#lib/testing/desk.ts";
import { breaksInTheEnd, paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { erasePayer } from "./erase-payer.ts";
import { sendReceipt } from "./letters/send-receipt.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let captureId: string;

/** Of the payer, each as it stands in some table. */
const PERSON = ["Pat Payer", "payer@client.example", "192.0.2.77", "Pat's Browser", "Pat asked for it"];

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  const { firmId } = desk.books;
  ({ id: captureId } = await paidByCard(desk));
  const { rows } = await db().execute<{ checkout: string }>(sql`
    update attempts set ip = '192.0.2.77', user_agent = ${"Pat's Browser"} returning checkout_id as checkout`);
  const subject = `checkout:${rows[0]?.checkout}`;
  await record(db(), { firmId, actor: "payer", action: "terms.accepted", subject, ip: "192.0.2.77" });
  await sendReceipt(db(), captureId);
  await startRefund(db(), desk.caller, {
    ...{ refundId: randomUUID(), captureId, amountMinor: 1_000n, note: "Pat asked for it" },
  });
  await breaksInTheEnd(desk);
});

function run(...args: string[]) {
  const flags = ["--conditions=react-server", "--disable-warning=ExperimentalWarning"];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, "scripts/erase-payer.ts", "--email", "PAYER@client.example", ...args],
    { env: { ...process.env, DATABASE_URL: env().DATABASE_URL }, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

/** In which tables each of these stands, whatever their columns are called. */
async function found(): Promise<{ one: string; table: string }[]> {
  const { rows: tables } = await db().execute<{ name: string }>(sql`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema in ('public', 'queue')`);
  const places = [];
  for (const one of PERSON) {
    for (const { name } of tables) {
      const { rows } = await db().execute(
        sql`select 1 from ${sql.raw(name)} as line where position(lower(${one}) in lower(line::text)) > 0 limit 1`,
      );
      if (rows.length > 0) places.push({ one, table: name });
    }
  }
  return places;
}

const moneyFacts = async () => {
  const { rows } = await db().execute(sql`
    select captures.object_ref, captures.amount_minor, method, captured_at, invoice_number, terms_accepted_at,
      refunds.amount_minor as back, refunds.object_ref as back_ref
    from captures join allocations on capture_id = captures.id join attempts on attempts.id = attempt_id
      join refunds on refunds.capture_id = captures.id`);
  return rows;
};

test("a payer is erased when someone has said so twice, and the books and the chain still hold", async () => {
  const before = await found();
  expect([...new Set(before.map(({ one }) => one))]).toEqual(PERSON);
  const facts = await moneyFacts();

  const shown = run();
  expect(shown).toMatchObject({ status: 1, stderr: expect.stringContaining("Add --yes") });
  expect(shown.stdout).toContain("1 payments, 0 tries that were not paid");
  expect(await found()).toEqual(before);

  expect(run("--yes")).toMatchObject({ status: 0, stdout: expect.stringContaining("Erased.") });
  expect(await found()).toEqual([]);
  expect(await moneyFacts()).toEqual(facts);
  expect((await verifyTimeline(db())).filter(({ state }) => state === "broken")).toEqual([]);
  expect(await breaksInTheEnd(desk)).toEqual([]);

  const firm = await requireFirm(db(), desk.caller.actor, desk.books.firmId, "see");
  const payment = await readPayment(db(), firm, captureId);
  if (!payment) throw new Error("The payment is gone");
  const evidence = evidenceOf(payment, { firm, made: { at: new Date(), by: "test" } });
  expect(evidence.payer).toMatchObject({ name: null, email: null, ip: null });
  expect(evidence.timeline.filter(({ notes }) => notes.join().includes("erased"))).toHaveLength(1);
  expect(await erasePayer(db(), { firmId: firm.firmId, email: PERSON[1] ?? "" }, true)).toMatchObject({
    ...{ payments: 0, typed: 0, emails: 0, lines: 0 },
  });
});

test("a payer whose money is moving is left until it is settled", async () => {
  await commit(desk, await begin(desk, { number: "INV-2009", amount: "2200.00" }));
  const { firmId } = desk.books;
  const erased = await erasePayer(db(), { firmId, email: "payer@client.example" }, true);
  expect(erased).toMatchObject({ moving: 1, unpaid: 0, typed: 0 });
  expect(await found()).toContainEqual({ one: "payer@client.example", table: "public.attempts" });
});
