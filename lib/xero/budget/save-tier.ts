import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { xeroApps } from "#db/schema/xero.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import type { Tier } from "./usage-rules.ts";

/** Keeps which tier Xero bills the firm's own app, or its company's, by. Throws `not_found` without such an app. */
export async function saveTier(
  db: Db,
  caller: FirmCaller,
  { whose, tier }: { whose: "firm" | "company"; tier: Tier },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, whose === "firm" ? "connect" : "company");
  const owner =
    whose === "firm"
      ? eq(xeroApps.firmId, firm.firmId)
      : and(eq(xeroApps.companyId, firm.companyId), isNull(xeroApps.firmId));
  await db.transaction(async (tx) => {
    const [app] = await tx
      .update(xeroApps)
      .set({ tier })
      .where(and(eq(xeroApps.kind, "oauth2"), owner))
      .returning({ id: xeroApps.id });
    if (!app) throw new AppError("not_found", "There is no such Xero app. Nothing was changed.");
    await recordBy(tx, caller, {
      action: "xero-app.tier-chosen",
      subject: `xero-app:${app.id}`,
      detail: { tier },
    });
  });
}
