/** Reading an organisation whole, and then what changed: calls, time, and the memory of the process that does it. */
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Stack } from "../../scripts/stack/stack.ts";
import { residentMegabytes } from "../measure/process-facts.ts";
import type { Control } from "../simulator.ts";
import { child } from "./sync-child.ts";

type Options = { invoices: number; changes: number[]; limits: object; say: (step: string) => void };
type Calls = { all: number; byKind: Record<string, number>; notAnswered: number };
type Sample = { rows: number; megabytes: number };

/** More than the two minutes that each delta looks back: it then reads what is new, and the one newest change again. */
const BETWEEN = { advanceSeconds: 150 };
const AT_ONCE = 8;

export async function syncAtScale(
  stack: Stack,
  control: Control,
  { invoices, changes, limits, say }: Options,
) {
  say(`An organisation with ${invoices} invoices in the simulator`);
  await control.post("/reset", { seed: "large", size: { organisations: 1, invoices } });
  await control.post("/xero/settings", { limits });
  const { organisations } = await control.get<{ organisations: { tenantId: string }[] }>(
    "/xero/organisations",
  );
  const tenantId = organisations[0]?.tenantId ?? "";
  const connectionId = await child<string>(stack, ["connect", tenantId]).done;

  say("Reading it whole");
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const backfill = await readWhole(stack, { control, client, connectionId });

  const owed = await client.query<{ id: string; contact: string; account: string }>(
    `select invoice_id as id, contact_id as contact,
       (select account_id from accounts where connection_id = $1 and type = 'BANK' limit 1) as account
     from invoices where connection_id = $1 and status = 'AUTHORISED' and type = 'ACCREC' and due_minor > 10000
     order by updated_at limit $2`,
    [connectionId, Math.max(1, ...changes)],
  );
  const ids = owed.rows.map(({ id }) => id);
  const [first] = owed.rows;
  const oneOfEach = async () => {
    await control.post("/clock", BETWEEN);
    await change(control, tenantId, ids.slice(0, 1));
    await control.post("/xero/contact", { tenantId, contactId: first?.contact, email: "new@example.com" });
    await control.post("/xero/pay", {
      tenantId,
      invoice: first?.id,
      amount: "0.01",
      account: first?.account,
    });
    await child<number>(stack, ["delta", connectionId]).done;
    await control.post("/clock", BETWEEN);
  };
  const deltas = [];
  for (const count of changes) {
    say(`${count} changes`);
    await oneOfEach();
    const changed = ids.slice(0, count);
    await change(control, tenantId, changed);
    const before = await control.last("xero.call");
    const ms = await child<number>(stack, ["delta", connectionId]).done;
    deltas.push({ changes: changed.length, ms, calls: await callsAfter(control, before) });
  }
  await client.end();
  return { invoices, backfill, deltas };
}

async function readWhole(
  stack: Stack,
  { control, client, connectionId }: { control: Control; client: pg.Client; connectionId: string },
) {
  const cursors = async () =>
    (
      await client.query<{ kind: string; rows: number; pages: number | null }>(
        "select kind, rows, pages from sync_cursors where connection_id = $1",
        [connectionId],
      )
    ).rows;
  const before = await control.last("xero.call");
  const reading = child<number>(stack, ["backfill", connectionId]);
  const samples: Sample[] = [];
  let going = true;
  const sampling = (async () => {
    while (going) {
      const rows = (await cursors()).reduce((sum, cursor) => sum + cursor.rows, 0);
      const megabytes = residentMegabytes(reading.pid);
      if (going && megabytes !== null) samples.push({ rows, megabytes });
      await sleep(100);
    }
  })();
  const ms = await reading.done;
  going = false;
  await sampling;
  const kinds = await cursors();
  const calls = await callsAfter(control, before);
  const all = samples.at(-1)?.rows ?? 0;
  const at = (share: number) => samples.find(({ rows }) => rows >= all * share);
  return {
    ms,
    kinds: Object.fromEntries(kinds.map(({ kind, rows, pages }) => [kind, { rows, pages }])),
    calls,
    memoryMb: {
      atTenth: at(0.1),
      atHalf: at(0.5),
      atEnd: samples.at(-1),
      most: Math.max(...samples.map(({ megabytes }) => megabytes)),
    },
  };
}

/** What Xero was asked, by its own count. */
async function callsAfter(control: Control, before: number): Promise<Calls> {
  const calls = await control.journal("xero.call", before);
  const byKind: Record<string, number> = {};
  for (const { data } of calls) {
    const kind = String(data.path).split("/").at(-1) ?? "";
    byKind[kind] = (byKind[kind] ?? 0) + 1;
  }
  return {
    all: calls.length,
    byKind,
    notAnswered: calls.filter(({ data }) => data.status !== 200).length,
  };
}

async function change(control: Control, tenantId: string, invoices: string[]): Promise<void> {
  const left = [...invoices];
  const dueDate = `2027-0${1 + Math.floor(Math.random() * 9)}-15`;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let invoice = left.pop(); invoice; invoice = left.pop())
        await control.post("/xero/invoice", { tenantId, invoice, dueDate });
    }),
  );
}
