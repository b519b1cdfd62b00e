import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { getRefusedPayment } from "#lib/posting/postings-of-payment.ts";
import { XeroFault } from "#lib/xero/api/xero-fault.ts";
import { askForRefund, type RefundAsked } from "../refunds/start-refund.ts";
import { refreshSurplus } from "./refresh-surplus.ts";
import { type Destination, settleSurplus } from "./settle-surplus.ts";
import { capturesOfSources } from "./surplus-store.ts";

/**
 * A person says where the money of a refused payment goes. `again`: its invoices take all of it by now, and it is sent
 * again. Throws AppError: `conflict` when nothing was changed, and why; `xero_busy` when Xero could not be asked;
 * `processor_refused` as startRefund does.
 */
export async function decideSurplus(
  db: Db,
  caller: FirmCaller,
  { postingId, to }: { postingId: string; to: Destination },
): Promise<"settled" | "again" | RefundAsked> {
  requireAbility(caller.firm, "act");
  const posting = await getRefusedPayment(db, caller.firm.firmId, postingId);
  const captureId = posting && (await capturesOfSources(db, [posting.sourceId])).get(posting.sourceId);
  if (!captureId) throw new AppError("conflict", "This payment is not waiting any more.");
  try {
    await refreshSurplus(db, caller.firm.firmId, postingId);
  } catch (error) {
    if (!(error instanceof XeroFault)) throw error;
    throw new AppError(
      "xero_busy",
      "Xero did not say what is owed. Nothing was changed; try again in a minute.",
      {
        cause: error,
      },
    );
  }
  const settled = await settleSurplus(db, { postingId, captureId, to, by: caller });
  if (settled.kind === "not_now") throw new AppError("conflict", settled.why);
  if (settled.kind === "again") return "again";
  return settled.refund ? askForRefund(db, settled.refund) : "settled";
}
