import type { Db } from "#lib/core/db.ts";
import { findAccounts } from "#lib/mirror/read.ts";
import type { Fault } from "#lib/xero/api/fault-words.ts";
import type { Cause } from "../causes.ts";
import { causeOf, keptWhenRefused } from "../kinds/registry.ts";
import { keepsItsAccount } from "../order-kinds/order-payments.ts";
import { type Claimed, refuseClaimed } from "../store.ts";

/** Xero said no to this document: its words are kept, and the cause that they and the document tell. */
export async function refuseFor(db: Db, claimed: Claimed, fault: Fault): Promise<void> {
  const message =
    fault.kind === "refused" ? fault.messages.join(" · ") : "Xero no longer knows what this document is for.";
  await refuseClaimed(db, claimed, {
    message,
    cause: fault.kind === "refused" ? await causeIn(db, claimed, message) : "gone",
    body: keptWhenRefused(claimed),
  });
}

async function causeIn(db: Db, claimed: Claimed, message: string): Promise<Cause> {
  const { kind, connectionId, accountId, targetId } = claimed;
  const namesOf = async (accountId: string | null) => {
    if (accountId === null) return [];
    const { account } = await findAccounts(db, connectionId, accountId);
    return [accountId, account?.code ?? accountId];
  };
  // A fee's target is a code, a transfer's the bank account; of other kinds it is no account. An order's payment has its own.
  const target = await namesOf(keepsItsAccount(claimed) ? accountId : targetId);
  return causeOf({ kind, message, target });
}
