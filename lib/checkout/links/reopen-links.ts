import { and, eq, isNull } from "drizzle-orm";
import { linkTries } from "#db/schema/checkout.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";

/**
 * Forgets the wrong tries of an address, at one invoice or at all of the firm's: its links open there again at once. Throws
 * `forbidden` to who may not act.
 */
export async function reopenLinks(
  db: Db,
  { actor, firm, ip }: FirmCaller,
  { caller, invoiceKey }: { caller: string; invoiceKey: string | null },
): Promise<void> {
  requireAbility(firm, "act");
  await db.transaction(async (tx) => {
    const forgotten = await tx
      .delete(linkTries)
      .where(
        and(
          eq(linkTries.firmId, firm.firmId),
          eq(linkTries.caller, caller),
          invoiceKey === null ? undefined : eq(linkTries.invoiceKey, invoiceKey),
          isNull(linkTries.rightAt),
        ),
      )
      .returning({ number: linkTries.number });
    if (forgotten.length === 0) return;
    const number = forgotten.map((row) => row.number).sort()[0] ?? null;
    await record(tx, {
      firmId: firm.firmId,
      actor: `user:${actor.userId}`,
      action: "link.reopened",
      subject: `firm:${firm.firmId}`,
      detail: { number: invoiceKey === null ? null : number, tries: forgotten.length },
      ip,
    });
  });
}
