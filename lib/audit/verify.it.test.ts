import { sql } from "drizzle-orm";
import pg from "pg";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { env } from "#lib/core/env.ts";
import { testDb } from "#lib/testing/database.ts";
import { eraseAddresses, eraseFacts } from "./erase.ts";
import { type AuditEvent, record } from "./record.ts";
import { DESK_CHAIN, type Mark, verifyTimeline } from "./verify.ts";

const db = testDb();
const FIRMS = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"] as const;
const [FIRM, OTHER] = FIRMS;

const line = (firmId: string | null, n: number): AuditEvent => ({
  ...{ firmId, actor: "worker", action: "test.happened", subject: `test:${n}`, detail: { n, "a|b": "é" } },
});

/** As somebody who owns the database: the guards don't hold him. */
async function tamper(statement: string): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql.raw(statement));
  });
}

async function marks(): Promise<Mark[]> {
  const verdicts = await verifyTimeline(db());
  return verdicts.map((one) => {
    if (one.state === "broken") throw new Error(one.why);
    return { chain: one.chain, position: one.links, hash: one.hash };
  });
}

const broken = async (kept: Mark[] = []) =>
  (await verifyTimeline(db(), kept)).filter((one) => one.state === "broken");

beforeAll(async () => {
  await tamper(`insert into companies (id, slug, name) values ('${FIRM}', 'broker', 'Broker')`);
  for (const id of FIRMS)
    await tamper(
      `insert into firms (id, company_id, slug, name) values ('${id}', '${FIRM}', 'firm-${id.slice(-1)}', 'Firm')`,
    );
});
beforeEach(async () => {
  await tamper("delete from audit_links; delete from audit_heads; delete from audit_events");
  for (let n = 1; n <= 5; n += 1) for (const firm of [FIRM, OTHER, null]) await record(db(), line(firm, n));
});

describe("R1: the timeline is a chain", () => {
  test("untouched it is whole: one chain a firm, one for the desk", async () => {
    expect(await verifyTimeline(db())).toMatchObject(
      [DESK_CHAIN, FIRM, OTHER].map((chain) => ({ chain, state: "whole", links: 5n })),
    );
  });

  const third = (firm: string) => `(select seq from audit_links where chain = '${firm}' and position = 3)`;

  test.each([
    ["a line's actor", `update audit_events set actor = 'payer' where seq = ${third(FIRM)}`, 3n],
    ["a line's facts", `update audit_events set detail = '{"n": 9}' where seq = ${third(FIRM)}`, 3n],
    ["a line's time", `update audit_events set at = at - interval '1 second' where seq = ${third(FIRM)}`, 3n],
    ["a line's firm", `update audit_events set firm_id = '${OTHER}' where seq = ${third(FIRM)}`, 3n],
    ["a link", `update audit_links set hash = repeat('0', 64) where chain = '${FIRM}' and position = 3`, 3n],
  ])("%s was changed: that one is named", async (_, statement, position) => {
    await tamper(statement);
    expect(await broken()).toMatchObject([{ chain: FIRM, position }]);
  });

  test.each([
    ["a line was deleted", `delete from audit_events where seq = ${third(FIRM)}`, "the line is gone", 3n],
    [
      "a link was deleted",
      `delete from audit_links where chain = '${FIRM}' and position = 3`,
      "the link is gone",
      3n,
    ],
    [
      "the last link was deleted",
      `delete from audit_links where chain = '${FIRM}' and position = 5`,
      "the chain does not end here",
      6n,
    ],
    [
      "a line was slipped in",
      `insert into audit_events (firm_id, actor, action, subject, detail) values ('${FIRM}', 'payer', 'a', 'b', '{}')`,
      "the line is in no chain",
      6n,
    ],
  ])("%s: that place is named", async (_, statement, why) => {
    await tamper(statement);
    expect(await broken()).toMatchObject([{ chain: FIRM, why }]);
  });

  test("a chain that was written anew, or cut off and closed, is told by a mark that someone kept", async () => {
    const kept = await marks();
    await tamper(`
      delete from audit_links where chain = '${FIRM}' and position = 5;
      update audit_heads set position = 4, hash = (select hash from audit_links where chain = '${FIRM}' and position = 4)
        where chain = '${FIRM}';
      delete from audit_events where firm_id = '${FIRM}' and subject = 'test:5'`);
    expect(await broken()).toEqual([]);
    expect(await broken(kept)).toMatchObject([{ chain: FIRM, position: 5n }]);
    await record(db(), line(FIRM, 6));
    expect(await broken(kept)).toMatchObject([{ chain: FIRM, position: 5n }]);
    await tamper(`delete from audit_links where chain = '${FIRM}'; delete from audit_heads where chain = '${FIRM}';
      delete from audit_events where firm_id = '${FIRM}'`);
    expect(await broken(kept)).toMatchObject([{ chain: FIRM, why: "the chain is gone" }]);
  });

  test("many at once, of several firms in one transaction, in any order: every line gets its place", async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        db().transaction(async (tx) => {
          for (const firm of n % 2 === 0 ? [FIRM, OTHER] : [OTHER, FIRM]) await record(tx, line(firm, n));
        }),
      ),
    );
    expect(await verifyTimeline(db())).toMatchObject([{ links: 5n }, { links: 45n }, { links: 45n }]);
  });

  test("two firms don't wait for each other, and one firm's lines keep their order", async () => {
    const outsider = new pg.Client({ connectionString: env().DATABASE_URL });
    await outsider.connect();
    await outsider.query("begin");
    await outsider.query(
      "insert into audit_events (firm_id, actor, action, subject, detail) values ($1, 'worker', 'a', 'b', '{}')",
      [FIRM],
    );
    // As its commit does, and then it stays there.
    await outsider.query("set constraints all immediate");
    const impatient = (firm: string) =>
      db().transaction(async (tx) => {
        await tx.execute(sql`set local lock_timeout = '500ms'`);
        await record(tx, line(firm, 8));
      });
    await impatient(OTHER);
    await expect(impatient(FIRM)).rejects.toMatchObject({
      cause: expect.objectContaining({ code: "55P03" }),
    });
    await outsider.query("commit");
    await outsider.end();
    await record(db(), line(FIRM, 9));
    expect(await verifyTimeline(db())).toMatchObject([{ links: 5n }, { links: 7n }, { links: 6n }]);
  });

  test("what is erased is gone, its lines stand, and nobody finds it by trying", async () => {
    await record(db(), { ...line(FIRM, 10), ip: "192.0.2.10", detail: { note: "for Pat" } });
    await record(db(), { ...line(FIRM, 11), ip: "192.0.2.11" });
    const kept = await marks();
    expect(await eraseAddresses(db(), FIRM, ["test:10"])).toBe(1);
    expect(await eraseFacts(db(), FIRM, { subjects: ["test:10"], action: "test.happened" })).toBe(1);
    expect(await eraseAddresses(db(), FIRM, ["test:10"])).toBe(0);
    const { rows } = await db().execute<Record<string, unknown>>(sql`
      select detail, ip, detail_salt, ip_salt, ip_digest, ip_digest = audit_digest('192.0.2.10') as "isGuessed"
      from audit_events where subject in ('test:10', 'test:11') order by seq`);
    const gone = { detail: {}, ip: null, detail_salt: null, ip_salt: null };
    expect(rows).toMatchObject([
      { ...gone, isGuessed: false },
      { ip: "192.0.2.11", ip_digest: null },
    ]);
    expect(await broken(kept)).toEqual([]);
    await record(db(), line(FIRM, 12));
    expect(await broken(kept)).toEqual([]);
  });

  test("lines from before there were salts are verified and erased alike", async () => {
    // As migration 0009 wrote them.
    await db().execute(sql`insert into audit_events (firm_id, actor, action, subject, detail, ip, detail_salt, ip_salt)
      values (${FIRM}, 'payer', 'a', 'test:old', '{"n": 1}', '192.0.2.12', null, null)`);
    const kept = await marks();
    expect(await eraseAddresses(db(), FIRM, ["test:old"])).toBe(1);
    expect(await broken(kept)).toEqual([]);
  });

  test("a transaction that is undone leaves no gap", async () => {
    const undone = db().transaction(async (tx) => {
      await record(tx, line(FIRM, 6));
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await record(db(), line(FIRM, 7));
    expect(await verifyTimeline(db())).toMatchObject([{}, { links: 6n }, {}]);
  });
});
