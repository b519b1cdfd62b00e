import { createHmac } from "node:crypto";
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import type { Account } from "../accounts.ts";

/** What `stripe listen --forward-to` does. The same pair gets the same secret, also after a reset. */
export function listen(world: World, account: Account, forwardTo: string): string {
  const id = createHmac("sha256", "stripe listen").update(`${account.id} ${forwardTo}`).digest("hex");
  const secret = `whsec_${id.slice(0, 48)}`;
  const { changes } = statement(world.db, "insert or ignore into stripe_listeners values (?, ?, ?, ?)").run(
    id,
    account.id,
    forwardTo,
    secret,
  );
  if (changes > 0) world.journal.write("stripe.listening", { account: account.id, forwardTo });
  return secret;
}
