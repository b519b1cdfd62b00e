import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { freshBreaks } from "#lib/reconcile/read.ts";
import { BREAK_WORDS } from "#lib/reconcile/words.ts";
import { alertFirm } from "./alert-firm.ts";

/**
 * One letter a day to each caretaker of a firm where Stripe, Xero and our records came to disagree since the day before: how
 * often, grouped by kind. `now` decides the day.
 */
export async function alertBreaks(db: Db, now: Date): Promise<void> {
  await eachAlone(db, await freshBreaks(db), {
    kind: "alert-breaks",
    idOf: ({ firmId }) => firmId,
    async work({ firmId, since, kinds }) {
      const count = [...kinds.values()].reduce((sum, one) => sum + one, 0);
      const payments = count === 1 ? "a payment" : `${count} payments`;
      await alertFirm(db, firmId, () => ({
        key: `${firmId} breaks ${now.toISOString().slice(0, 10)}`,
        happened: `Stripe, Xero and our records disagree about ${payments}.`,
        since,
        money: "Nothing was changed by it. The list says for each what stands where, and what to do.",
        more: [...kinds].map(([kind, times]) => `${times} × ${BREAK_WORDS[kind].title}`),
        action: { label: "Open the to-do list", path: "/to-do" },
      }));
    },
  });
}
