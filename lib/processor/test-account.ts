import type { Db } from "#lib/core/db.ts";
import { open as unseal } from "#lib/core/vault.ts";
import { type EventsState, eventsState } from "./events-state.ts";
import { secretKeyPlace } from "./open.ts";
import { currentAccount } from "./store.ts";
import { describeAccount } from "./stripe/account.ts";
import { ProcessorFault } from "./types.ts";

export type ProcessorTest =
  | { state: "none" }
  | { state: "taken" | "refused" | "silent"; account: string; events: EventsState };

/** Whether the processor takes the firm's key now: a test call. The caller has authorised who asks. */
export async function testProcessor(db: Db, firmId: string): Promise<ProcessorTest> {
  const row = await currentAccount(db, firmId);
  if (!row) return { state: "none" };
  const events = eventsState(row);
  try {
    await describeAccount(unseal(row.sealedSecretKey, secretKeyPlace(row.id)));
    return { state: "taken", account: row.displayName, events };
  } catch (error) {
    if (!(error instanceof ProcessorFault)) throw error;
    return { state: error.kind === "bad_key" ? "refused" : "silent", account: row.displayName, events };
  }
}
