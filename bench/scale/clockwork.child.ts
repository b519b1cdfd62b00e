/** A process of its own that asks what the worker asks by the clock and before each call, 20 times each; prints the milliseconds. */
import { closeDb, db } from "#lib/core/db.ts";
import { connectionsDue } from "#lib/mirror/due.ts";
import { syncStates } from "#lib/mirror/read.ts";
import { claimCall, dropCall } from "#lib/xero/budget/budget-store.ts";
import { syncingConnectionsOfApp } from "#lib/xero/organisations/auto-sync.ts";
import { listGrantsToRefresh } from "#lib/xero/tokens/grants.ts";

const TIMES = 20;

const { rows } = await db().execute<{ app_id: string; tenant_id: string; id: string }>(
  `select app_id, tenant_id, c.id from connections c join grants g on g.id = c.grant_id where short_code = '!S1'`,
);
const [one] = rows;
if (!one) throw new Error("Nothing was filled in");
const line = { appId: one.app_id, tenantId: one.tenant_id };

const QUESTIONS: Record<string, () => Promise<unknown>> = {
  connectionsDue: () => connectionsDue(db()),
  listGrantsToRefresh: () => listGrantsToRefresh(db()),
  syncingConnectionsOfApp: () => syncingConnectionsOfApp(db(), line.appId),
  syncStatesOfOne: () => syncStates(db(), [one.id]),
  claimCallAndDrop: async () => {
    const claim = await claimCall(db(), line, "payer");
    if (!("callId" in claim)) throw new Error(`No call could begin: ${JSON.stringify(claim)}`);
    await dropCall(db(), claim);
  },
};

const timesMs: Record<string, number[]> = {};
for (const [name, question] of Object.entries(QUESTIONS)) {
  await question();
  timesMs[name] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const asked = performance.now();
    await question();
    timesMs[name].push(performance.now() - asked);
  }
}
process.stdout.write(JSON.stringify(timesMs));
await closeDb();
