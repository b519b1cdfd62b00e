import type Stripe from "stripe";
import { type Html, html, page } from "../../core/html.ts";
import type { Res } from "../../core/types.ts";
import type { Account } from "../accounts.ts";
import { formatMinor } from "../currencies.ts";
import { payFields, type Typed } from "./pay-fields.ts";

export type PayView = { account: Account; session: Stripe.Checkout.Session; lineItems: Stripe.LineItem[] };

const BRAND = "Stripe Checkout";

function summary({ account, session, lineItems }: PayView): Html {
  const currency = session.currency ?? "";
  return html`<p class="soft">Pay ${account.name}</p>
<h1 class="big">${formatMinor(session.amount_total ?? 0, currency)}</h1>
<table><thead><tr><th scope="col">What for</th><th scope="col" class="num">Amount</th></tr></thead><tbody>
${lineItems.map(
  (line) =>
    html`<tr><td class="wrap">${line.description}${line.quantity !== 1 && ` × ${line.quantity}`}</td><td class="num">${formatMinor(line.amount_total, currency)}</td></tr>`,
)}
</tbody></table>`;
}

export function payPage(view: PayView, typed: Typed, problem?: string): Res {
  const { session } = view;
  return page({
    title: `Pay ${view.account.name}`,
    brand: BRAND,
    status: problem ? 402 : 200,
    body: html`${session.cancel_url && html`<p><a href="${session.cancel_url}">← Back</a></p>`}
${summary(view)}
<form class="card" method="post" action="/c/pay/${session.id}">
${payFields(session, typed, problem)}
<p><button>Pay ${formatMinor(session.amount_total ?? 0, session.currency ?? "")}</button></p>
</form>`,
  });
}

export function authenticatePage(view: PayView): Res {
  return page({
    title: "3D Secure authentication",
    brand: "Test bank",
    body: html`<h1>3D Secure 2 test page</h1>
${summary(view)}
<form class="card" method="post" action="/c/pay/${view.session.id}/authenticate">
<p>Your bank asks whether it is you who pays.</p>
<p class="row"><button name="answer" value="complete">Complete authentication</button>
<button class="quiet" name="answer" value="fail">Fail authentication</button></p>
</form>`,
  });
}

/** For a session that takes no payment any more. */
export function closedPage({ account, session }: PayView): Res {
  const paid = session.status === "complete";
  const done =
    session.payment_status === "paid" ? "is complete. You have been charged once." : "was submitted once.";
  const link = paid
    ? session.success_url?.replaceAll("{CHECKOUT_SESSION_ID}", session.id)
    : session.cancel_url;
  return page({
    title: paid ? "Already paid" : "This page has timed out",
    brand: BRAND,
    status: paid ? 200 : 410,
    body: html`<h1>${paid ? "You're all done here" : "This checkout has timed out"}</h1>
<p>${paid ? `Your payment to ${account.name} ${done}` : "Nothing was charged. Go back and start again."}</p>
${link && html`<p><a class="button" href="${link}">Return to ${account.name}</a></p>`}`,
  });
}

export function unknownPage(): Res {
  return page({
    title: "Page not found",
    brand: BRAND,
    status: 404,
    body: html`<h1>Something went wrong</h1><p>The page you were looking for could not be found. Check the address, or ask the merchant for a new link.</p>`,
  });
}
