import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type SQL, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { record } from "#lib/audit/record.ts";
import { verifyTimeline } from "#lib/audit/verify.ts";
import { AGES } from "#lib/core/retention.ts";
import { testDb } from "#lib/testing/database.ts";
import { forgetOld } from "./forget-old.ts";

const db = testDb();
const firm = randomUUID();
const other = randomUUID();
const ago = (days: number) => sql`now() - make_interval(days => ${days})`;

test("docs/operating.md says the same ages as the code", () => {
  const [, chapter = ""] = readFileSync("docs/operating.md", "utf8").split(
    "## What is kept, and for how long",
  );
  const said = [...chapter.matchAll(/^\| (.+?) +\| (\d+) +\|$/gm)].map(([, what, days]) => [
    what,
    Number(days),
  ]);
  expect(Object.fromEntries(said)).toEqual(
    Object.fromEntries(Object.values(AGES).map(({ what, days }) => [what, days])),
  );
});

/** A row of this table and age, with what its columns must have; whose it is is of no matter where it is `other`. */
async function put(table: string, columns: Record<string, SQL | string | number | null>): Promise<string> {
  const id = randomUUID();
  const all = { id, ...columns };
  await asOwner(
    sql`insert into ${sql.identifier(table)} (${sql.join(Object.keys(all).map(sql.identifier), sql`, `)})
      values (${sql.join(
        Object.values(all).map((value) => sql`${value}`),
        sql`, `,
      )})`,
  );
  return id;
}

async function asOwner(statement: SQL): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(statement);
  });
}

async function left(table: string): Promise<string[]> {
  const { rows } = await db().execute<{ id: string }>(sql`select id from ${sql.identifier(table)}`);
  return rows.map(({ id }) => id).sort();
}

test("what is older than its age goes, what is younger or still needed stays", async () => {
  const kept: Record<string, string[]> = {};
  const both = async (
    table: string,
    age: { days: number },
    columns: (at: SQL) => Parameters<typeof put>[1],
  ) => {
    await put(table, columns(ago(age.days + 1)));
    kept[table] = [await put(table, columns(ago(age.days - 1)))];
  };
  const hash = () => randomUUID();
  await both("webhook_inbox", AGES.webhooks, (at) => ({
    ...{ app_id: other, body_hash: hash(), events: "[]", received_at: at, processed_at: at },
  }));
  const unread = { app_id: other, events: "[]", received_at: ago(400) };
  kept.webhook_inbox?.push(await put("webhook_inbox", { ...unread, body_hash: hash() }));
  await both("processor_events", AGES.events, (at) => ({
    ...{ firm_id: firm, account_id: other, event_ref: hash(), type: "t", object_ref: "o" },
    processed_at: at,
  }));
  const unsettled = { firm_id: firm, account_id: other, event_ref: hash(), type: "t", object_ref: "o" };
  kept.processor_events?.push(await put("processor_events", { ...unsettled, received_at: ago(400) }));
  await both("api_requests", AGES.apiRequests, (at) => ({
    ...{ firm_id: firm, api_key_id: other, request_id: "req_x", method: "GET", path: "/chart", status: 200 },
    ...{ milliseconds: 1, at },
  }));
  await both("order_uploads", AGES.orderUploads, (at) => ({
    ...{ firm_id: firm, connection_id: other, source: "upload", content: "", uploaded_by: other },
    uploaded_at: at,
  }));
  await both("sessions", AGES.sessions, (at) => ({ token_hash: hash(), user_id: other, expires_at: at }));
  await put("sessions", {
    ...{ token_hash: hash(), user_id: other, expires_at: ago(-5), revoked_at: ago(AGES.sessions.days + 1) },
  });
  await both("password_links", AGES.passwordLinks, (at) => ({
    ...{ token_hash: hash(), user_id: other, expires_at: at },
  }));
  await both("email_codes", AGES.codes, (at) => ({
    ...{
      firm_id: firm,
      connection_id: other,
      contact_id: "c",
      code_hash: "h",
      created_at: at,
      expires_at: at,
    },
  }));
  await both("oauth_flows", AGES.consents, (at) => ({
    ...{ state_hash: hash(), sealed_verifier: "v", nonce_hash: "n", user_id: other, session_id: other },
    ...{ firm_id: firm, app_id: other, created_at: at, expires_at: at },
  }));
  await both("letters", AGES.emails, (at) => ({
    ...{ kind: "receipt", subject_key: hash(), recipient: "pat@clients.example", created_at: at },
  }));

  const replay = (key: string, days: number) =>
    asOwner(sql`insert into api_replays (api_key_id, key, request_hash, status, body, at)
      values (${other}, ${key}, 'h', 202, '{}', ${ago(days)})`);
  await replay("old", AGES.apiReplays.days + 1);
  await replay("young", AGES.apiReplays.days - 1);

  await forgetOld(db());
  const { rows: replays } = await db().execute(sql`select key from api_replays`);
  expect(replays).toEqual([{ key: "young" }]);
  for (const [table, ids] of Object.entries(kept)) expect(await left(table), table).toEqual(ids.sort());
});

test("of payers who did not pay nothing of a person stays, and of those who did, what the books need", async () => {
  await asOwner(sql`insert into companies (id, slug, name) values (${firm}, 'broker', 'Broker')`);
  await asOwner(
    sql`insert into firms (id, company_id, slug, name) values (${firm}, ${firm}, 'firm', 'Firm')`,
  );
  const person = { payer_name: "Pat Payer", payer_email: "pat@clients.example" };
  const from = { ip: "192.0.2.1", user_agent: "Browser" };
  const checkout = async (days: number) => {
    const id = await put("checkouts", {
      ...{ token_hash: randomUUID(), firm_id: firm, connection_id: other, contact_id: "c", currency: "AUD" },
      ...{ back_path: "/pay", created_at: ago(days), ...person },
    });
    await record(db(), {
      ...{ firmId: firm, actor: "payer", action: "link.opened", subject: `checkout:${id}`, ip: from.ip },
    });
    return id;
  };
  const attempt = async (checkoutId: string, state: string, days: number) =>
    put("attempts", {
      ...{ firm_id: firm, connection_id: other, checkout_id: checkoutId, processor_account_id: other, state },
      ...{
        currency: "AUD",
        amount_minor: 1,
        created_at: ago(days),
        expires_at: ago(days),
        ...person,
        ...from,
      },
    });
  await checkout(31);
  const young = await checkout(29);
  const [unpaid, paid, paidLongAgo] = [await checkout(91), await checkout(91), await checkout(551)];
  await attempt(unpaid, "closed", 91);
  await attempt(paid, "closed", 91);
  await attempt(paid, "captured", 91);
  await attempt(paidLongAgo, "captured", 551);
  await db().execute(sql`insert into audit_events (firm_id, actor, action, subject, detail, ip, at)
    values (${firm}, 'worker', 'test.happened', 'test:old', '{}', ${from.ip}, ${ago(551)})`);

  await forgetOld(db());

  const { rows: checkouts } = await db().execute(sql`select id, payer_name, payer_email from checkouts`);
  const nobody = { payer_name: null, payer_email: null };
  expect(checkouts.sort(byId)).toEqual(
    [{ id: young, ...person }, ...[unpaid, paid, paidLongAgo].map((id) => ({ id, ...nobody }))].sort(byId),
  );
  const { rows: attempts } = await db().execute(sql`
    select checkout_id as id, state, payer_name, payer_email, ip, user_agent from attempts order by state`);
  const nowhere = { ip: null, user_agent: null };
  expect(attempts.sort(byId)).toEqual(
    [
      { id: unpaid, state: "closed", ...nobody, ...nowhere },
      { id: paid, state: "captured", ...person, ...from },
      { id: paid, state: "closed", ...person, ...from },
      { id: paidLongAgo, state: "captured", ...person, ...nowhere },
    ].sort(byId),
  );
  const { rows: lines } = await db().execute<{ subject: string }>(
    sql`select subject from audit_events where ip is not null`,
  );
  const told = [young, paid, paidLongAgo].map((id) => `checkout:${id}`);
  expect(lines.map(({ subject }) => subject).sort()).toEqual(told.sort());
  expect(await verifyTimeline(db())).toMatchObject([{ chain: firm, state: "whole", links: 6n }]);
});

type Row = Record<string, unknown>;
const byId = (a: Row, b: Row) => `${a.id}${a.state}`.localeCompare(`${b.id}${b.state}`);
