import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/each-alone.ts";
import { CAUSE_WORDS } from "#lib/posting/cause-words.ts";
import { refusedByFirm } from "#lib/posting/read.ts";
import { alertFirm } from "./alert-firm.ts";

/**
 * One letter a day to each caretaker of a firm while Xero refuses documents: how many, and why, grouped by cause. `now`
 * decides the day.
 */
export async function alertRefused(db: Db, now: Date): Promise<void> {
  await eachAlone(db, await refusedByFirm(db), {
    kind: "alert-refused",
    idOf: ({ firmId }) => firmId,
    async work({ firmId, since, causes }) {
      const count = [...causes.values()].reduce((sum, one) => sum + one, 0);
      await alertFirm(db, firmId, () => ({
        key: `${firmId} refused ${now.toISOString().slice(0, 10)}`,
        happened: count === 1 ? "Xero refused a document." : `Xero refused ${count} documents.`,
        since,
        money: "The money itself is safe and on record here; Xero does not show it yet.",
        more: [...causes].map(([cause, times]) => `${times} × ${CAUSE_WORDS[cause].title}`),
        action: { label: "Open the to-do list", path: "/to-do" },
      }));
    },
  });
}
