import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { log } from "#lib/core/log.ts";
import { surplusPolicies } from "#lib/firms/read.ts";
import { listUnsettled } from "#lib/posting/postings-of-payment.ts";
import { askForRefund } from "../refunds/start-refund.ts";
import { refreshSurplus } from "./refresh-surplus.ts";
import { settleSurplus } from "./settle-surplus.ts";
import { capturesOfSources } from "./surplus-store.ts";

/**
 * Where a firm has said what becomes of money that its invoice no longer takes, that is done; what can't be stays on the
 * to-do list. Any number of workers may run it.
 */
export async function applySurplusPolicies(db: Db): Promise<void> {
  const policies = await surplusPolicies(db);
  const refused = await listUnsettled(db, [...policies.keys()]);
  const captures = await capturesOfSources(
    db,
    refused.map(({ sourceId }) => sourceId),
  );
  await eachAlone(db, refused, {
    kind: "surplus",
    idOf: ({ postingId }) => postingId,
    async work({ postingId, firmId, sourceId }) {
      const [policy, captureId] = [policies.get(firmId), captures.get(sourceId)];
      if (!policy || !captureId || !(await refreshSurplus(db, firmId, postingId))) return;
      const settled = await settleSurplus(db, { postingId, captureId, to: { kind: policy }, by: null });
      log.info({ posting: postingId, policy, settled: settled.kind }, "payment.surplus");
      if (settled.kind === "settled" && settled.refund) await askForRefund(db, settled.refund);
    },
  });
}
