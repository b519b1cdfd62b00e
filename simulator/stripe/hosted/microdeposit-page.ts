import type Stripe from "stripe";
import { html, page } from "../../core/html.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { getAccount } from "../accounts.ts";
import { runClockwork } from "../clockwork.ts";
import { awaitsMicrodeposits, DESCRIPTOR_CODE, verifyMicrodeposits } from "../debits/microdeposits.ts";
import { getObject, ownerOf } from "../objects.ts";
import { unknownPage } from "./pay-pages.ts";

type View = { account: string; intent: Stripe.PaymentIntent };

const withIntent = (go: (view: View, req: Req, world: World) => Res) => (req: Req, world: World) => {
  runClockwork(world);
  const id = req.params.intent ?? "";
  const account = ownerOf(world, id);
  const intent = account && getObject<Stripe.PaymentIntent>(world, account, "payment_intent", id);
  return intent ? go({ account, intent }, req, world) : unknownPage();
};

function show({ account, intent }: View, problem?: string): Res {
  const { name } = getAccount(account);
  return page({
    title: "Verify your bank account",
    brand: "Stripe",
    status: problem ? 402 : 200,
    body: awaitsMicrodeposits(intent)
      ? html`<h1>Verify your bank account</h1>
<p>A deposit of $0.01 has the code ${DESCRIPTOR_CODE} on your statement. Type it here, and ${name} is paid from this account.</p>
${problem && html`<p class="bad" role="alert">${problem}</p>`}
<form class="card" method="post" action="/payment/microdeposit/${intent.id}">
<label for="code">Code</label><input id="code" name="code" maxlength="6" required>
<p><button>Verify</button></p></form>`
      : html`<h1>Nothing to verify</h1><p>This payment to ${name} is ${intent.status.replaceAll("_", " ")}.</p>`,
  });
}

function verify(view: View, req: Req, world: World): Res {
  const { account, intent } = view;
  const code = (req.form().get("code") ?? "").trim().toUpperCase();
  if (!awaitsMicrodeposits(intent)) return show(view);
  if (code !== DESCRIPTOR_CODE) return show(view, "This is not the code on your statement.");
  return show({ account, intent: verifyMicrodeposits(world, account, intent) });
}

const pattern = "/payment/microdeposit/:intent";

export const microdepositPageRoutes: Route[] = [
  { method: "GET", pattern, handler: withIntent((view) => show(view)) },
  { method: "POST", pattern, handler: withIntent(verify) },
];
