/** Forms for what staff do in Stripe's dashboard, and payers and their banks elsewhere; each posts to its lever's address. */
import type Stripe from "stripe";
import { type Html, html, page } from "../core/html.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { ACCOUNTS, type Account } from "./accounts.ts";
import { balanceOf } from "./balance/balance.ts";
import { runClockwork } from "./clockwork.ts";
import { formatMinor } from "./currencies.ts";
import { FAILURE_CODES } from "./debits/bank-accounts.ts";
import { awaitsMicrodeposits, MICRODEPOSIT_FAILURES } from "./debits/microdeposits.ts";
import { DISPUTE_ANSWERS } from "./levers/dispute-levers.ts";
import { listObjects, type Stored } from "./objects.ts";
import { PAYOUT_FAILURES } from "./payouts/arrive.ts";
import { REFUND_FAILURES } from "./refunds/answer-refund.ts";

/** The newest of each kind, of an account. */
const SHOWN = 12;

function show(_: Req, world: World): Res {
  runClockwork(world);
  const used = ACCOUNTS.filter(
    ({ id, livemode }) => !livemode || listObjects(world, id, "checkout.session").length > 0,
  );
  return page({
    title: "Stripe’s dashboard and the payers’ banks",
    brand: "Stripe",
    width: "wide",
    body: html`<h1>Stripe’s dashboard and the payers’ banks</h1>
<p class="soft">Amounts are in minor units: 10000 for A$100.00. <a href="/control">Control</a></p>
${used.map((account) => ofAccount(world, account))}`,
  });
}

function ofAccount(world: World, account: Account): Html {
  const newest = <T extends Stored>(kind: T["object"]) =>
    listObjects<T>(world, account.id, kind).slice(0, SHOWN);
  const intents = newest<Stripe.PaymentIntent>("payment_intent");
  const { available, pending } = balanceOf(world, account.id);
  return html`<section class="card"><h2>${account.name}${account.livemode ? ", live mode" : ""}</h2>
<p>${formatMinor(available, account.currency)} available, ${formatMinor(pending, account.currency)} pending.</p>
<form class="row" method="post" action="/control/stripe/payout"><input type="hidden" name="account" value="${account.id}">
<button>Pay out what is available</button></form>
${table("Payments", intents.map(paymentRow))}
${table("Disputes", newest<Stripe.Dispute>("dispute").map(disputeRow))}
${table("Refunds", newest<Stripe.Refund>("refund").map(refundRow))}
${table("Payouts", newest<Stripe.Payout>("payout").map(payoutRow))}</section>`;
}

function table(title: string, rows: Html[]): Html | false {
  return (
    rows.length > 0 &&
    html`<h3>${title}</h3><div class="scroll" role="region" tabindex="0" aria-label="${title}"><table><thead>
<tr><th>Id</th><th class="num">Amount</th><th>Status</th><th>Change</th></tr></thead><tbody>${rows}</tbody></table></div>`
  );
}

type Money = { id: string; amount: number; currency: string; status: string | null };

function row({ id, amount, currency, status }: Money, forms: (Html | false)[]): Html {
  return html`<tr><td><code>${id}</code></td><td class="num">${formatMinor(amount, currency)}</td>
<td>${(status ?? "").replaceAll("_", " ")}</td><td>${forms}</td></tr>`;
}

function paymentRow(intent: Stripe.PaymentIntent): Html {
  const named = html`<input type="hidden" name="payment" value="${intent.id}">`;
  const { status } = intent;
  return row(intent, [
    status === "succeeded" &&
      form(
        "dispute",
        named,
        [choice("as", ["dispute", "inquiry", "prevented"]), amount("amount")],
        "Dispute",
      ),
    status === "succeeded" && form("refund", named, [amount("amount")], "Refund"),
    status === "processing" &&
      form("debit", named, [choice("answer", ["succeeds", ...FAILURE_CODES])], "The bank answers"),
    awaitsMicrodeposits(intent) &&
      form(
        "microdeposits",
        named,
        [choice("answer", ["verified", ...MICRODEPOSIT_FAILURES])],
        "The payer answers",
      ),
    status === "requires_capture" && form("decline-capture", named, [], "Decline its capture"),
  ]);
}

function disputeRow(dispute: Stripe.Dispute): Html {
  const named = html`<input type="hidden" name="dispute" value="${dispute.id}">`;
  const answer = [choice("answer", DISPUTE_ANSWERS), amount("givenBack", "Given back")];
  return row(dispute, [
    form("dispute-answer", named, answer, "Answer"),
    form("dispute-reinstate", named, [amount("amount")], "Give back"),
  ]);
}

function refundRow(refund: Stripe.Refund): Html {
  const named = html`<input type="hidden" name="refund" value="${refund.id}">`;
  return row(refund, [
    form("refund-answer", named, [choice("answer", ["succeeds", "canceled", ...REFUND_FAILURES])], "Answer"),
  ]);
}

function payoutRow(payout: Stripe.Payout): Html {
  const named = html`<input type="hidden" name="payout" value="${payout.id}">`;
  return row(payout, [
    form("payout-answer", named, [choice("answer", ["paid", ...PAYOUT_FAILURES])], "The bank answers"),
  ]);
}

function form(path: string, named: Html, fields: Html[], button: string): Html {
  return html`<form class="row" method="post" action="/control/stripe/${path}">${named}${fields}<button class="quiet">${button}</button></form>`;
}

const choice = (name: string, values: readonly string[]): Html =>
  html`<select name="${name}" aria-label="${name}">${values.map((value) => html`<option value="${value}">${value.replaceAll("_", " ")}</option>`)}</select>`;

const amount = (name: string, label = "Amount"): Html =>
  html`<input name="${name}" aria-label="${label}, all if empty" placeholder="${label}: all" inputmode="numeric">`;

export const dashboardRoutes: Route[] = [{ method: "GET", pattern: "/stripe", handler: show }];
