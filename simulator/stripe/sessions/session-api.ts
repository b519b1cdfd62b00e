import type Stripe from "stripe";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api, type Call } from "../api.ts";
import { getObject, insertObject, saveObject } from "../objects.ts";
import { invalid, noSuch } from "../wire/errors.ts";
import { cut, listPage } from "../wire/lists.ts";
import { getDetails, insertDetails } from "./details.ts";
import { expireSession } from "./expire.ts";
import { newSession } from "./new-session.ts";

type Session = Stripe.Checkout.Session;

function found({ world, account, id }: Call): Session {
  const session = getObject<Session>(world, account.id, "checkout.session", id);
  if (!session) throw noSuch("checkout.session", id, "session");
  return session;
}

const create: ApiHandler = (call) => {
  const { world, account } = call;
  const { session, details } = newSession(call);
  insertObject(world, account.id, session);
  insertDetails(world, session.id, details, session.expires_at * 1000);
  world.journal.write("stripe.session.created", {
    session: session.id,
    account: account.id,
    amount: session.amount_total,
    currency: session.currency,
    reference: session.client_reference_id,
  });
  return session;
};

const retrieve: ApiHandler = (call) => {
  call.params.done();
  return found(call);
};

const list: ApiHandler = (call) => {
  const id = call.params.text("payment_intent");
  const status = call.params.oneOf("status", ["open", "complete", "expired"]);
  const email = call.params.group("customer_details")?.text("email") ?? null;
  return listPage<Session>(
    call,
    "checkout.session",
    (session) =>
      (status === null || session.status === status) &&
      (email === null || session.customer_details?.email === email),
    { field: "payment_intent", id },
  );
};

const update: ApiHandler = (call) => {
  const session = found(call);
  const metadata = { ...session.metadata, ...call.params.metadata() };
  call.params.done();
  return saveObject(call.world, { ...session, metadata });
};

const expire: ApiHandler = (call) => {
  const session = found(call);
  call.params.done();
  if (session.status !== "open") {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  }
  return expireSession(call.world, call.account.id, session, call.request);
};

const lineItems: ApiHandler = (call) => {
  const limit = call.params.integer("limit") ?? 10;
  const after = call.params.text("starting_after");
  const before = call.params.text("ending_before");
  call.params.done();
  const all = getDetails(call.world, found(call).id).lineItems;
  return { object: "list", url: call.path, ...cut(all, limit, after, before) };
};

export const sessionRoutes: Route[] = [
  api("POST", "/v1/checkout/sessions", create),
  api("GET", "/v1/checkout/sessions", list),
  api("GET", "/v1/checkout/sessions/:id", retrieve),
  api("POST", "/v1/checkout/sessions/:id", update),
  api("POST", "/v1/checkout/sessions/:id/expire", expire),
  api("GET", "/v1/checkout/sessions/:id/line_items", lineItems),
];
