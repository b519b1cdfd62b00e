import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { itemKinds } from "#db/schema/mapping.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError, Misfilled } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { chartForSaving } from "./chart-for-saving.ts";
import { mappingChanged } from "./jobs.ts";
import { type ItemKind, readMapping } from "./mapping.ts";
import { kindFaults } from "./target-rules.ts";

type TrackingOption = ItemKind["tracking"][number];

export type KindInput = Pick<ItemKind, "accountCode" | "taxType" | "costAccountCode" | "itemCode"> & {
  connectionId: string;
  /** One that orders have named, or a name that they will. */
  which: { kindId: string } | { name: string };
  firstTracking: TrackingOption | null;
  secondTracking: TrackingOption | null;
};

/**
 * An owner says where a kind of item goes; null in a field: as the settings say. Answers its name. Throws `Misfilled` with all
 * that the chart has against it, each at its field; `conflict` before the settings are saved, or at `name` for one that is on
 * the list; `not_found` for an organisation or a kind that is not this firm's.
 */
export async function saveKind(db: Db, caller: FirmCaller, input: KindInput): Promise<string> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  const { connectionId, which, firstTracking, secondTracking, ...codes } = input;
  await requireLive(db, firm, connectionId);
  const [chart, { settings }] = await Promise.all([
    chartForSaving(db, connectionId),
    readMapping(db, connectionId),
  ]);
  if (!settings)
    throw new AppError("conflict", "First save how orders become documents, under Settings, Orders.");
  const tracking = [firstTracking, secondTracking].filter((option) => option !== null);
  const faults = kindFaults(chart, settings, { ...codes, tracking, name: "" }).map(
    ({ field, subject, detail }): [string, string[]] => [
      field === "tracking" ? trackingField(input, subject) : field,
      [detail],
    ],
  );
  if (firstTracking && firstTracking.categoryId === secondTracking?.categoryId)
    faults.push(["secondTracking", ["A line takes one option of a tracking category."]]);
  if (faults.length > 0) throw new Misfilled(Object.fromEntries(faults));
  return db.transaction(async (tx) => {
    const set = { ...codes, tracking, mappedAt: sql`now()` };
    const saved =
      "kindId" in which
        ? await tx
            .update(itemKinds)
            .set(set)
            .where(and(eq(itemKinds.id, which.kindId), eq(itemKinds.connectionId, connectionId)))
            .returning()
        : await tx
            .insert(itemKinds)
            .values({ ...set, firmId: firm.firmId, connectionId, name: which.name })
            .onConflictDoNothing()
            .returning();
    const [kind] = saved;
    if (!kind) throw notSaved(which);
    await recordBy(tx, caller, {
      action: "mapping.kind-saved",
      subject: `item-kind:${kind.id}`,
      detail: {
        name: kind.name,
        ...codes,
        tracking: tracking.map(({ categoryId, optionId }) => `${categoryId} ${optionId}`).join(", "),
      },
    });
    await enqueue(tx, mappingChanged, { connectionId });
    return kind.name;
  });
}

function trackingField({ firstTracking }: KindInput, optionId: string): string {
  return firstTracking?.optionId === optionId ? "firstTracking" : "secondTracking";
}

function notSaved(which: KindInput["which"]): AppError {
  return "name" in which
    ? new AppError("conflict", `“${which.name}” is on the list already: change it there.`, { field: "name" })
    : new AppError("not_found", "There is no such kind of item in this organisation.");
}
