import type Stripe from "stripe";
import { redirect } from "../../core/reply.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { getAccount } from "../accounts.ts";
import { stripeNow } from "../clock.ts";
import { runClockwork } from "../clockwork.ts";
import { submitDebit } from "../debits/submit.ts";
import type { DebitType } from "../debits/types.ts";
import { getObject, ownerOf } from "../objects.ts";
import { answerBank, tryCard } from "../payments/attempt.ts";
import { getIntent } from "../payments/intent.ts";
import type { Outcome } from "../payments/outcome.ts";
import { getDetails } from "../sessions/details.ts";
import { readBankForm } from "./bank-form.ts";
import { readCardForm } from "./card-form.ts";
import { NOTHING_TYPED, offered, typedOf } from "./pay-fields.ts";
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
  runClockwork(world);
  const view = findView(world, req.params.session ?? "");
  return view ? go(view, req, world) : unknownPage();
};

const typedBefore = ({ session }: PayView) => ({
  ...NOTHING_TYPED,
  email: session.customer_details?.email ?? "",
  name: session.customer_details?.name ?? "",
});

const showNow = (view: PayView) =>
  view.session.status === "open" ? payPage(view, typedBefore(view)) : closedPage(view);

/** Where a payer goes next; someone who pressed twice arrives at the same receipt. */
function after(outcome: Outcome, before: PayView, world: World, typed = typedBefore(before)): Res {
  const { session } = before;
  switch (outcome.kind) {
    case "paid":
    case "processing":
    case "authorized":
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
  const methods = offered(view.session);
  const method = methods.find((one) => one === form.get("method")) ?? methods[0] ?? "card";
  const tried = method === "card" ? payByCard(view, form, world) : payByDebit(view, method, form, world);
  if ("problem" in tried) return payPage(view, typedOf(form), tried.problem);
  return after(tried, view, world, typedOf(form));
};

function payByCard({ account, session }: PayView, form: URLSearchParams, world: World) {
  const read = readCardForm(form, new Date(stripeNow(world)), account.country);
  return "problem" in read ? read : tryCard(world, account.id, session.id, read.entry);
}

function payByDebit({ account, session }: PayView, type: DebitType, form: URLSearchParams, world: World) {
  const read = readBankForm(type, form);
  return "problem" in read ? read : submitDebit(world, account.id, session.id, read.entry);
}

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
