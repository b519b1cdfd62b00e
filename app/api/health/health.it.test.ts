import { sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { noticeGap } from "#lib/core/restored-database.ts";
import { testDb } from "#lib/testing/database.ts";
import { GET as ready } from "./ready/route.ts";
import { GET as worker } from "./worker/route.ts";

const db = testDb();

const said = async (asked: Promise<Response>) => {
  const answer = await asked;
  return { code: answer.status, ...((await answer.json()) as object) };
};
/** Past the time for which a reading is kept. */
const later = () => vi.setSystemTime(Date.now() + 6_000);
const beat = () => noticeGap(db(), async () => {});

afterEach(() => void vi.useRealTimers());

test("ready: only a database that has had all of this build's migrations", async () => {
  expect(await said(ready())).toEqual({ code: 200, status: "ok" });
  const not = { code: 503, status: "unavailable", reason: "migrations" };
  const newest = sql`(select max(created_at) from drizzle.__drizzle_migrations)`;
  await db().execute(
    sql`update drizzle.__drizzle_migrations set created_at = 1 where created_at = ${newest}`,
  );
  expect(await said(ready())).toEqual(not);
  await db().execute(sql`alter schema drizzle rename to elsewhere`);
  expect(await said(ready())).toEqual(not);
});

test("worker: one that is silent or far behind is told, in ages alone", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const nothing = { posting: null, xero_webhook: null, stripe_event: null, job: null };
  expect(await said(worker())).toEqual({
    ...{ code: 503, status: "unavailable", reason: "worker" },
    ...{ heartbeatSecondsAgo: null, oldestWaitingSeconds: nothing },
  });

  await beat();
  await wait(30);
  later();
  const waiting = about(30);
  expect(await said(worker())).toEqual({
    ...{ code: 200, status: "ok", heartbeatSecondsAgo: about(0) },
    oldestWaitingSeconds: { posting: waiting, xero_webhook: waiting, stripe_event: waiting, job: waiting },
  });

  await wait(700);
  later();
  expect(await said(worker())).toMatchObject({ code: 503, reason: "postings" });
  await db().execute(sql`update memory set alive_at = now() - interval '4 minutes'`);
  later();
  expect(await said(worker())).toMatchObject({
    code: 503,
    reason: "worker",
    heartbeatSecondsAgo: about(240),
  });
});

/** So many seconds, and what the test itself takes. */
function about(seconds: number) {
  return expect.toSatisfy((age: number) => age >= seconds && age < seconds + 60);
}

/** One of each kind that has waited so long, and one that is not due or done. Whose they are is of no matter here. */
async function wait(seconds: number): Promise<void> {
  const [id, since] = [sql`gen_random_uuid()`, sql`now() - make_interval(secs => ${seconds})`];
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const [due, done] of [
      [since, sql`null`],
      [sql`now() + interval '1 hour'`, since],
    ]) {
      await tx.execute(sql`insert into postings (firm_id, connection_id, kind, source_id, reference, account_id, currency, date, due_at)
        values (${id}, ${id}, 'payment', ${id}, ${id}, 'a', 'AUD', '2026-01-01', ${due})`);
      await tx.execute(sql`insert into webhook_inbox (app_id, body_hash, events, received_at, processed_at)
        values (${id}, ${id}, '[]', ${since}, ${done})`);
      await tx.execute(sql`insert into processor_events (firm_id, account_id, event_ref, type, object_ref, received_at, processed_at)
        values (${id}, ${id}, ${id}, 't', 'o', ${since}, ${done})`);
      await tx.execute(sql`insert into queue.job (name, start_after) values ('jobs.poll-attempts', ${due})`);
    }
  });
}
