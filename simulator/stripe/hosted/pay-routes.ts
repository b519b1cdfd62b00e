import type Stripe from "stripe";
import { redirect } from "../../core/reply.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { getAccount } from "../accounts.ts";
import { getObject, ownerOf } from "../objects.ts";
import { answerBank, tryCard } from "../payments/attempt.ts";
import { getIntent } from "../payments/intent.ts";
import type { Outcome } from "../payments/settle.ts";
import { getDetails } from "../sessions/details.ts";
import { expireDueSessions } from "../sessions/expire.ts";
import { readCardForm, typedOf } from "./card-form.ts";
import { authenticatePage, closedPage, type PayView, payPage, unknownPage } from "./pay-pages.ts";

type Go = (view: PayView, req: Req, world: World) => Res;

function findView(world: World, id: string): PayView | undefined {
  const owner = ownerOf(world, id);
  const session = owner && getObject<Stripe.Checkout.Session>(world, owner, "checkout.session", id);
  return session
    ? { account: getAccount(owner), session, lineItems: getDetails(world, id).lineItems }
    : undefined;
}

const withSession = (go: Go) => (req: Req, world: World) => {
  expireDueSessions(world);
  const view = findView(world, req.params.session ?? "");
  return view ? go(view, req, world) : unknownPage();
};

const typedBefore = ({ session }: PayView) => ({
  email: session.customer_details?.email ?? "",
  name: session.customer_details?.name ?? "",
  expiry: "",
});

const showNow = (view: PayView) =>
  view.session.status === "open" ? payPage(view, typedBefore(view)) : closedPage(view);

/** Where a payer goes next; someone who pressed twice arrives at the same receipt. */
function after(outcome: Outcome, before: PayView, world: World, typed = typedBefore(before)): Res {
  const { session } = before;
  switch (outcome.kind) {
    case "paid":
      return redirect((session.success_url ?? "").replaceAll("{CHECKOUT_SESSION_ID}", session.id));
    case "authenticate":
      return redirect(`/c/pay/${session.id}/authenticate`);
    case "declined":
      return payPage(before, typed, outcome.message);
    case "closed": {
      const now = findView(world, session.id) ?? before;
      if (now.session.status === "complete") return after({ kind: "paid" }, now, world);
      return showNow(now);
    }
  }
}

const pay: Go = (view, req, world) => {
  if (view.session.status !== "open") return after({ kind: "closed" }, view, world);
  const form = req.form();
  if (view.session.customer_email) form.set("email", view.session.customer_email);
  const read = readCardForm(form, world.clock.date());
  if ("problem" in read) return payPage(view, typedOf(form), read.problem);
  return after(tryCard(world, view.account.id, view.session.id, read.entry), view, world, typedOf(form));
};

const showAuthentication: Go = (view, _, world) => {
  const { session, account } = view;
  const intent = session.payment_intent && getIntent(world, account.id, String(session.payment_intent));
  const asked = session.status === "open" && intent && intent.status === "requires_action";
  return asked ? authenticatePage(view) : redirect(`/c/pay/${session.id}`);
};

const authenticate: Go = (view, req, world) => {
  const passed = req.form().get("answer") === "complete";
  return after(answerBank(world, view.account.id, view.session.id, passed), view, world);
};

export const payRoutes: Route[] = [
  { method: "GET", pattern: "/c/pay/:session", handler: withSession(showNow) },
  { method: "POST", pattern: "/c/pay/:session", handler: withSession(pay) },
  { method: "GET", pattern: "/c/pay/:session/authenticate", handler: withSession(showAuthentication) },
  { method: "POST", pattern: "/c/pay/:session/authenticate", handler: withSession(authenticate) },
];
