import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import { CAUSE_WORDS } from "#lib/payouts/clearing/clearing-words.ts";
import { listWrongClearing } from "#lib/payouts/read.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { alertFirm } from "./alert-firm.ts";

/** One letter to each caretaker of a firm when a clearing account needs a person, and one more when what is wrong changes. */
export async function alertClearing(db: Db): Promise<void> {
  await eachAlone(db, await listWrongClearing(db), {
    kind: "alert-clearing",
    idOf: ({ connectionId }) => connectionId,
    async work({ firmId, connectionId, checkedAt, currency, wrong }) {
      const connection = await payConnection(db, connectionId);
      if (!connection) return;
      const same = wrong.map(({ cause, sum }) => `${cause} ${sum}`).join(", ");
      await alertFirm(db, firmId, () => ({
        key: `${connectionId} clearing ${same}`,
        happened: `The clearing account of ${connection.organisationName} needs a look.`,
        since: checkedAt,
        money:
          "Clients and their invoices are not touched by it. The page says for each amount what to do in Xero.",
        more: wrong.map(
          ({ cause, sum }) => `${formatMoney({ minor: BigInt(sum), currency })} ${CAUSE_WORDS[cause].title}`,
        ),
        action: { label: "Open Clearing", path: "/clearing" },
      }));
    },
  });
}
