import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { type Break, closeBreak, listOpen, type NewBreak, upsertBreak } from "./store.ts";

/** Keeps that two records disagree, once for as long as they do: in the timeline when it begins. */
export async function noteBreak(db: Db, found: NewBreak): Promise<void> {
  await db.transaction(async (tx) => {
    const { id, isNew } = await upsertBreak(tx, found);
    if (!isNew) return;
    log.warn({ break: id, kind: found.kind, subject: found.subject }, "reconcile.break");
    await tell(tx, "break.opened", { id, ...found });
  });
}

/** They agree again, by whatever came between. */
export async function endBreak(db: Db, open: Break): Promise<void> {
  await db.transaction(async (tx) => {
    if (await closeBreak(tx, open.id)) await tell(tx, "break.closed", open);
  });
}

/** Ends the breaks of one side that a look at all of it, begun at `before`, did not find any more. */
export async function endOthers(
  db: Db,
  firmId: string,
  of: Parameters<typeof listOpen>[2] & { before: Date },
  found: NewBreak[],
): Promise<void> {
  const still = new Set(found.map(({ kind, subject }) => `${kind} ${subject}`));
  for (const open of await listOpen(db, firmId, of))
    if (!still.has(`${open.kind} ${open.subject}`)) await endBreak(db, open);
}

async function tell(
  tx: Db,
  action: "break.opened" | "break.closed",
  { id, firmId, captureId, kind, subject, here, there }: NewBreak & { id: string },
): Promise<void> {
  await record(tx, {
    firmId,
    actor: "worker",
    action,
    subject: captureId ? `capture:${captureId}` : `break:${id}`,
    detail: { kind, objectRef: subject, here, there },
  });
}
