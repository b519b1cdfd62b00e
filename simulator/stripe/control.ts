import { json } from "../core/reply.ts";
import { statement } from "../core/sql.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { ACCOUNTS, findKey } from "./accounts.ts";
import { balanceOf } from "./balance/balance.ts";
import { runClockwork } from "./clockwork.ts";
import { listen } from "./events/listen.ts";
import { setWebhookFaults, type WebhookFaults } from "./events/webhook-faults.ts";
import { accountLevers } from "./levers/account-levers.ts";
import { captureLever } from "./levers/capture-lever.ts";
import { completeLever } from "./levers/complete-lever.ts";
import { debitLevers } from "./levers/debit-levers.ts";
import { disputeLevers } from "./levers/dispute-levers.ts";
import { payoutLevers } from "./levers/payout-levers.ts";
import { refundLevers } from "./levers/refund-levers.ts";
import { listObjects } from "./objects.ts";
import { allLines } from "./payouts/payout-lines.ts";

function startListening(req: Req, world: World): Res {
  const { apiKey, forwardTo } = req.json() as { apiKey: string; forwardTo: string };
  const found = findKey(world, apiKey);
  if (found?.kind !== "secret") return json({ error: "No account has this secret key" }, 401);
  if (!/^https?:$/.test(URL.parse(forwardTo)?.protocol ?? ""))
    return json({ error: "forwardTo is no address" }, 400);
  return json({ secret: listen(world, found.account, forwardTo) });
}

/** What Stripe believes, account by account, for tests to compare with. */
function truth(_: Req, world: World): Res {
  runClockwork(world);
  const of = (account: string, kind: string) => listObjects(world, account, kind);
  const accounts = ACCOUNTS.map(({ id, name, livemode }) => ({
    id,
    name,
    livemode,
    sessions: of(id, "checkout.session"),
    paymentIntents: of(id, "payment_intent"),
    charges: of(id, "charge"),
    disputes: of(id, "dispute"),
    refunds: of(id, "refund"),
    balance: balanceOf(world, id),
    balanceTransactions: of(id, "balance_transaction"),
    payouts: of(id, "payout"),
    events: of(id, "event"),
  }));
  const deliveries = statement(
    world.db,
    "select event_id as event, url, state, attempts from stripe_deliveries order by seq",
  ).all();
  return json({ accounts, payoutLines: allLines(world), deliveries });
}

export const controlRoutes: Route[] = [
  { method: "POST", pattern: "/control/stripe/listen", handler: startListening },
  {
    method: "POST",
    pattern: "/control/stripe/webhook-faults",
    handler: (req, world) => json(setWebhookFaults(world, req.json() as Partial<WebhookFaults>)),
  },
  ...accountLevers,
  captureLever,
  completeLever,
  ...debitLevers,
  ...refundLevers,
  ...disputeLevers,
  ...payoutLevers,
  { method: "GET", pattern: "/control/stripe/truth", handler: truth },
];
