import type { Db } from "#lib/core/db.ts";
import { accountOf, firmOfAccount } from "#lib/processor/read.ts";
import { alertFirm } from "./alert-firm.ts";

/** One e-mail to each caretaker when Stripe no longer accepts the key that payers need, and one when it does again. */
export async function alertKeyChanged(
  db: Db,
  { accountId, state, since }: { accountId: string; state: "refused" | "taken"; since: string },
): Promise<void> {
  const firmId = await firmOfAccount(db, accountId);
  const account = await accountOf(db, firmId, accountId);
  const name = account?.displayName ?? "your account";
  await alertFirm(db, firmId, () => ({
    key: `${accountId} key ${state} ${since}`,
    happened:
      state === "refused"
        ? `Stripe does not accept the key of ${name}.`
        : `Stripe accepts the key of ${name} again.`,
    since: new Date(since),
    money:
      state === "refused"
        ? "Nobody can pay online, and refunds wait, until a working key is saved. Payments already taken are safe."
        : "Clients can pay online, and what waited goes on by itself.",
    more: [],
    action: { label: "Open payment processor", path: "/settings/processor" },
  }));
}
