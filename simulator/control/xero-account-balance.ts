import { json } from "../core/reply.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { accountBalance } from "../xero/account-balance.ts";
import { requireOrganisation } from "../xero/organisations.ts";

/** What stands on one account, and the documents that make it up. */
export const accountBalanceRoute: Route = {
  method: "GET",
  pattern: "/control/xero/account-balance",
  handler({ url }: Req, world: World): Res {
    const tenantId = url.searchParams.get("tenantId") ?? "";
    const accountId = url.searchParams.get("accountId") ?? "";
    const found = accountBalance({ world, tenantId }, accountId);
    if (!found) return json({ error: "No such account" }, 404);
    const { account, balance, entries } = found;
    const { baseCurrency } = requireOrganisation({ world, tenantId });
    return json({ tenantId, accountId, currency: account.currency ?? baseCurrency, balance, entries });
  },
};
