import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { tenders } from "#db/schema/mapping.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { chartForSaving } from "./chart-for-saving.ts";
import { mappingChanged } from "./jobs.ts";
import { payAccountFault } from "./target-rules.ts";

export type TenderInput = {
  connectionId: string;
  /** One that orders have named, or a name that they will. */
  which: { tenderId: string } | { name: string };
  accountId: string;
};

/**
 * An owner says which account a way to pay is paid into. Answers its name. Throws AppError `invalid` at `accountId` for an
 * account that takes no payments, `conflict` at `name` for a tender that is on the list, `not_found` for an organisation or a
 * tender that is not this firm's.
 */
export async function saveTender(db: Db, caller: FirmCaller, input: TenderInput): Promise<string> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  const { connectionId, which, accountId } = input;
  await requireLive(db, firm, connectionId);
  const chart = await chartForSaving(db, connectionId);
  const fault = payAccountFault(chart, accountId);
  if (fault) throw new AppError("invalid", fault.detail, { field: "accountId" });
  return db.transaction(async (tx) => {
    const set = { accountId, mappedAt: sql`now()` };
    const saved =
      "tenderId" in which
        ? await tx
            .update(tenders)
            .set(set)
            .where(and(eq(tenders.id, which.tenderId), eq(tenders.connectionId, connectionId)))
            .returning()
        : await tx
            .insert(tenders)
            .values({ ...set, firmId: firm.firmId, connectionId, name: which.name })
            .onConflictDoNothing()
            .returning();
    const [tender] = saved;
    if (!tender) throw notSaved(which);
    await recordBy(tx, caller, {
      action: "mapping.tender-saved",
      subject: `tender:${tender.id}`,
      detail: {
        name: tender.name,
        account: chart.accounts.find((one) => one.accountId === accountId)?.name ?? accountId,
      },
    });
    await enqueue(tx, mappingChanged, { connectionId });
    return tender.name;
  });
}

function notSaved(which: TenderInput["which"]): AppError {
  return "name" in which
    ? new AppError("conflict", `“${which.name}” is on the list already: change it there.`, { field: "name" })
    : new AppError("not_found", "There is no such tender in this organisation.");
}
