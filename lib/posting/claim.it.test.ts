import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { contactsInXero, promise } from "#lib/testing/orders/order-documents.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { claimDue } from "./store.ts";

const db = testDb();
const simulator = testSimulator();
const MANY = 10_000;

/** How many postings the database has looked at in this transaction. */
async function readBy(work: (tx: ReturnType<typeof db>) => Promise<unknown>): Promise<number> {
  return db().transaction(async (tx) => {
    // What this connection has not reported yet of work before counts too.
    const soFar = async () => {
      const { rows } = await tx.execute<{ read: string }>(
        sql`select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as read from pg_stat_xact_user_tables where relname = 'postings'`,
      );
      return Number(rows[0]?.read ?? 0);
    };
    const before = await soFar();
    await work(tx);
    return (await soFar()) - before;
  });
}

test("ten thousand documents that wait for a refused contact cost a claim nothing", async () => {
  const desk = await openDesk(db(), simulator(), { backfill: false });
  const { firmId, connectionId } = desk.books;
  const [buyer] = await contactsInXero(desk);
  const first = await promise(db(), desk, buyer?.id ?? "", { kind: "invoice" });
  const contact = randomUUID();
  const owned = sql`${firmId}, ${connectionId}`;
  await db().execute(sql`
    insert into postings (id, firm_id, connection_id, kind, source_id, reference, account_id, currency, amount_minor, date, body, state)
    values (${contact}, ${owned}, 'contact', gen_random_uuid(), 'CF-CONTACT', '', '', 0, '2026-11-30', '{"name": "Robin"}', 'refused')`);
  await db().execute(sql`
    insert into postings (firm_id, connection_id, kind, source_id, reference, account_id, currency, amount_minor, date, body, after_id, due_at)
    select ${owned}, 'invoice', gen_random_uuid(), 'CF-' || nth, '', 'AUD', 100, '2026-11-30', '{"contactId": null}', ${contact}, now() - interval '1 hour'
    from generate_series(1, ${MANY}) nth`);
  await db().execute(sql`analyze postings`);
  const claimed: unknown[] = [];
  const read = await readBy(async (tx) => {
    claimed.push((await claimDue(tx))?.id, await claimDue(tx));
  });
  expect(claimed).toEqual([first.postingId, undefined]);
  expect(read).toBeLessThan(50);
});
