import { json } from "../core/reply.ts";
import { statement } from "../core/sql.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { ACCOUNTS, findKey } from "./accounts.ts";
import { runClockwork } from "./clockwork.ts";
import { listen } from "./events/listen.ts";
import { setWebhookFaults, type WebhookFaults } from "./events/webhook-faults.ts";
import { captureLever } from "./levers/capture-lever.ts";
import { completeLever } from "./levers/complete-lever.ts";
import { debitLever } from "./levers/debit-lever.ts";
import { refundLevers } from "./levers/refund-levers.ts";
import { listObjects } from "./objects.ts";

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
  const accounts = ACCOUNTS.map(({ id, name }) => ({
    id,
    name,
    sessions: of(id, "checkout.session"),
    paymentIntents: of(id, "payment_intent"),
    charges: of(id, "charge"),
    refunds: of(id, "refund"),
    balanceTransactions: of(id, "balance_transaction"),
    events: of(id, "event"),
  }));
  const deliveries = statement(
    world.db,
    "select event_id as event, url, state, attempts from stripe_deliveries order by seq",
  ).all();
  return json({ accounts, deliveries });
}

export const controlRoutes: Route[] = [
  { method: "POST", pattern: "/control/stripe/listen", handler: startListening },
  {
    method: "POST",
    pattern: "/control/stripe/webhook-faults",
    handler: (req, world) => json(setWebhookFaults(world, req.json() as Partial<WebhookFaults>)),
  },
  captureLever,
  completeLever,
  debitLever,
  ...refundLevers,
  { method: "GET", pattern: "/control/stripe/truth", handler: truth },
];
