import "server-only";
import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import type { Heard } from "../api/sdk.ts";
import type { Purpose } from "../api/types.ts";
import { XeroFault } from "../api/xero-fault.ts";
import type { Limited } from "./budget-rules.ts";
import { claimCall, dropCall, endCall, type Lease, type Line } from "./budget-store.ts";

/** Refused by ourselves: Xero was not asked. */
export class HeldBack extends XeroFault {}

/**
 * How long a call waits for room before it is refused. A payer looks at the page meanwhile, a posting's claim goes by
 * (posting/sending/rules.ts), and for sync nobody waits: it sits out Xero's minute, and its token lives as long.
 */
const PATIENCE_MS: Record<Purpose, number> = { payer: 4_000, write: 6_000, order: 6_000, sync: 65_000 };

/** A claim older than this is asked for anew: its process stood still, and its lease must outlive the call. */
const CLAIM_MS = 15_000;

/** Between two questions: while all places are taken, and while a minute's calls are used up. */
const PLACE_MS = { first: 25, most: 250 };
const MINUTE_MS = 2_000;

type Request<T> = (observe: (heard: Heard) => void) => Promise<T>;

/**
 * Makes one request as soon as Xero's limits have room for it, over all processes; `request` begins right then, and says
 * what it heard even when it throws. Throws HeldBack when there is no room within reason. `db` must not be in a
 * transaction, and none is open while the request runs.
 */
export async function governed<T>(
  db: Db,
  { line, purpose }: { line: Line; purpose: Purpose },
  request: Request<T>,
): Promise<T> {
  const lease = await claimInTime(db, line, purpose);
  let heard: Heard | undefined;
  let blocked: Limited | null = null;
  try {
    return await request((said) => (heard = said));
  } catch (error) {
    if (error instanceof XeroFault && error.fault.kind === "limited") blocked = error.fault;
    throw error;
  } finally {
    await remember(() => end(db, lease, { heard, blocked }));
  }
}

async function claimInTime(db: Db, line: Line, purpose: Purpose): Promise<Lease> {
  const deadline = performance.now() + PATIENCE_MS[purpose];
  for (let pause = PLACE_MS.first; ; pause = Math.min(pause * 2, PLACE_MS.most)) {
    const asked = performance.now();
    const claimed = await claimCall(db, line, purpose);
    if ("callId" in claimed) {
      if (performance.now() - asked < CLAIM_MS) return claimed;
      await dropCall(db, claimed);
    }
    const left = deadline - performance.now();
    const isRefused = "kind" in claimed && claimed.kind === "refused";
    const fault: Limited = isRefused
      ? claimed.fault
      : { kind: "limited", problem: "concurrent", retryAfterSeconds: 2 };
    const needed = isRefused ? fault.retryAfterSeconds * 1_000 : pause;
    if (needed > left) throw new HeldBack(fault);
    await new Promise((asks) => setTimeout(asks, Math.min(needed, MINUTE_MS) * (0.75 + Math.random() / 4)));
  }
}

async function end(
  db: Db,
  lease: Lease,
  { heard, blocked }: { heard: Heard | undefined; blocked: Limited | null },
): Promise<void> {
  if (!heard?.sent) return dropCall(db, lease);
  await endCall(db, lease, {
    over: heard.answered,
    allowance: heard.allowance,
    egressBytes: heard.egressBytes,
    blocked,
  });
}

/** What we note beside a call must not change what the caller hears of it. */
export async function remember(note: () => Promise<void>): Promise<void> {
  try {
    await note();
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.message : "unknown" }, "xero.note-failed");
  }
}
