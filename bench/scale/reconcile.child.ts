/**
 * A process of its own that compares one firm's records once, as the worker's job does; prints how long and how much memory.
 * `mirror`: reads the firm's organisation whole instead, for what was not read yet is compared with nothing. `clearing`: checks
 * its clearing account, as each night.
 */
import { readFileSync } from "node:fs";
import { closeDb, db } from "#lib/core/db.ts";
import { closeQueue } from "#lib/core/queue/queue.ts";
import { backfillOrganisation } from "#lib/mirror/sync/backfill.ts";
import { checkClearingSinceLast } from "#lib/payouts/clearing/check-clearing.ts";
import { reconcileFirm } from "#lib/reconcile/run.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";

const [firmId = "", span = "recent"] = process.argv.slice(2);

/** VmRSS now and VmHWM, the most it ever was, in MB of 1,000,000 bytes. Linux alone tells. */
function megabytes(what: "VmRSS" | "VmHWM"): number {
  const kibibytes = new RegExp(`^${what}:\\s+(\\d+) kB`, "m").exec(readFileSync("/proc/self/status", "utf8"));
  return (Number(kibibytes?.[1]) * 1_024) / 1e6;
}

async function mirror(): Promise<object> {
  for (const { connectionId } of await payConnections(db(), firmId))
    await backfillOrganisation(db(), { firmId, connectionId });
  return {};
}

async function clearing(): Promise<object> {
  const reports = [];
  for (const { connectionId } of await payConnections(db(), firmId))
    reports.push(await checkClearingSinceLast(db(), connectionId));
  return reports;
}

const WORK: Record<string, () => Promise<object>> = { mirror, clearing };
const spanOf = (text: string) => (text === "all" ? "all" : "recent");

const before = megabytes("VmRSS");
const began = performance.now();
const found = await (WORK[span]?.() ?? reconcileFirm(db(), firmId, spanOf(span)));
const ms = performance.now() - began;
process.stdout.write(JSON.stringify({ ms, beforeMb: before, mostMb: megabytes("VmHWM"), found }));
await closeQueue();
await closeDb();
