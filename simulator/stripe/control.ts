import { json } from "../core/reply.ts";
import { statement } from "../core/sql.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { ACCOUNTS, findKey } from "./accounts.ts";
import { listen } from "./events/listen.ts";
import { setWebhookFaults, type WebhookFaults } from "./events/webhook-faults.ts";
import { listObjects, ownerOf } from "./objects.ts";
import { answerBank, tryCard } from "./payments/attempt.ts";
import { findCard } from "./payments/cards.ts";

function startListening(req: Req, world: World): Res {
  const { apiKey, forwardTo } = req.json() as { apiKey: string; forwardTo: string };
  const found = findKey(world, apiKey);
  if (found?.kind !== "secret") return json({ error: "No account has this secret key" }, 401);
  if (!/^https?:$/.test(URL.parse(forwardTo)?.protocol ?? ""))
    return json({ error: "forwardTo is no address" }, 400);
  return json({ secret: listen(world, found.account, forwardTo) });
}

/** Pays without a browser. A card that asks the bank is authenticated too. */
function complete(req: Req, world: World): Res {
  const asked = req.json() as { session: string; card?: string; email?: string; name?: string };
  const account = ownerOf(world, asked.session);
  const card = findCard(asked.card ?? "4242424242424242");
  if (!account || !card) return json({ error: account ? "Not a test card" : "No such session" }, 400);
  const { email = "payer@example.com", name = "Pat Payer" } = asked;
  const expYear = world.clock.date().getUTCFullYear() + 3;
  const first = tryCard(world, account, asked.session, { card, expMonth: 12, expYear, name, email });
  const outcome = first.kind === "authenticate" ? answerBank(world, account, asked.session, true) : first;
  return json(outcome);
}

/** What Stripe believes, account by account, for tests to compare with. */
function truth(_: Req, world: World): Res {
  const of = (account: string, kind: string) => listObjects(world, account, kind);
  const accounts = ACCOUNTS.map(({ id, name }) => ({
    id,
    name,
    sessions: of(id, "checkout.session"),
    paymentIntents: of(id, "payment_intent"),
    charges: of(id, "charge"),
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
  { method: "POST", pattern: "/control/stripe/complete", handler: complete },
  { method: "GET", pattern: "/control/stripe/truth", handler: truth },
];
