import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { processorAccounts } from "#db/schema/processor.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { keyChanged } from "./jobs.ts";
import type { ProcessorAccount } from "./store.ts";
import { type Processor, ProcessorFault } from "./types.ts";

type Account = Pick<ProcessorAccount, "id" | "keyRefusedSince">;

/**
 * The same processor, of which each answer says whether it takes the account's key: the first no is kept and told to staff at
 * once, the first answer after it ends that.
 */
export function watched(db: Db, account: Account, processor: Processor): Processor {
  const watch =
    (call: (...given: unknown[]) => Promise<unknown>) =>
    (...given: unknown[]) =>
      watchKey(db, account, () => call.apply(processor, given));
  const calls = Object.entries(processor).map(([name, call]) => [name, watch(call as never)]);
  // Each of its calls is there again, and takes and gives the same.
  return Object.fromEntries(calls) as Processor;
}

/** The same of one call. */
export async function watchKey<T>(db: Db, account: Account, ask: () => Promise<T>): Promise<T> {
  try {
    const answer = await ask();
    if (account.keyRefusedSince) await noteTaken(db, account.id);
    return answer;
  } catch (error) {
    if (error instanceof ProcessorFault && error.kind === "bad_key") await noteRefused(db, account.id, error);
    throw error;
  }
}

async function noteRefused(db: Db, id: string, { inWords }: ProcessorFault): Promise<void> {
  await db.transaction(async (tx) => {
    const [changed] = await tx
      .update(processorAccounts)
      .set({ keyRefusedSince: sql`now()`, keyRefusal: inWords })
      .where(and(eq(processorAccounts.id, id), isNull(processorAccounts.keyRefusedSince)))
      .returning();
    if (changed) await tell(tx, changed, "refused");
  });
}

async function noteTaken(db: Db, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [changed] = await tx
      .update(processorAccounts)
      .set({ keyRefusedSince: null, keyRefusal: null })
      .where(and(eq(processorAccounts.id, id), isNotNull(processorAccounts.keyRefusedSince)))
      .returning();
    if (changed) await tell(tx, changed, "taken");
  });
}

/** In the timeline, and to staff where it is the account that takes their payments. */
async function tell(tx: Db, account: ProcessorAccount, state: "refused" | "taken"): Promise<void> {
  const { id: accountId, firmId } = account;
  await record(tx, {
    ...{
      firmId,
      actor: "stripe",
      action: `processor.key-${state}`,
      subject: `processor_account:${accountId}`,
    },
  });
  const since = (account.keyRefusedSince ?? new Date()).toISOString();
  if (account.endedAt === null) await enqueue(tx, keyChanged, { accountId, state, since });
}
