import type { Db } from "#lib/core/db.ts";
import { refreshAccount } from "./refresh-account.ts";
import { currentAccount } from "./store.ts";
import { ProcessorFault } from "./types.ts";
import { type EventsState, eventsState } from "./webhooks/events-state.ts";

export type ProcessorTest =
  | { state: "none" }
  | { state: "taken" | "disabled" | "refused" | "silent"; account: string; events: EventsState };

/** Whether the processor takes the firm's key now: a test call. The caller has authorised who asks. */
export async function testProcessor(db: Db, firmId: string): Promise<ProcessorTest> {
  const row = await currentAccount(db, firmId);
  if (!row) return { state: "none" };
  const events = eventsState(row);
  try {
    const facts = await refreshAccount(db, row.id);
    return { state: facts?.chargesEnabled ? "taken" : "disabled", account: row.displayName, events };
  } catch (error) {
    if (!(error instanceof ProcessorFault)) throw error;
    const isRefused = error.kind === "bad_key" || error.kind === "forbidden";
    return { state: isRefused ? "refused" : "silent", account: row.displayName, events };
  }
}
