import type Stripe from "stripe";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api, type Call } from "../api.ts";
import { balanceOf } from "../balance/balance.ts";
import { checkCurrency } from "../currencies.ts";
import { recordEvent } from "../events/record-event.ts";
import { getObject, saveObject } from "../objects.ts";
import { invalid, noSuch } from "../wire/errors.ts";
import { listPage, rangeFilter } from "../wire/lists.ts";
import { insertPayout } from "./new-payout.ts";

type Payout = Stripe.Payout;

function found({ world, account, id }: Call): Payout {
  const payout = getObject<Payout>(world, account.id, "payout", id);
  if (!payout) throw noSuch("payout", id, "payout");
  return payout;
}

/** By hand: Stripe cannot say which transactions are in it. */
const create: ApiHandler = ({ world, account, params, request }) => {
  const amount = params.requiredInteger("amount");
  const currency = checkCurrency(params.requiredText("currency"), "currency");
  params.oneOf("method", ["standard"]);
  params.oneOf("source_type", ["card", "bank_account"]);
  const wish = {
    amount,
    automatic: false,
    description: params.text("description"),
    metadata: params.metadata(),
    statementDescriptor: params.text("statement_descriptor", { max: 22 }),
  };
  params.done();
  if (amount < 1) throw invalid("Invalid positive integer", "parameter_invalid_integer", "amount");
  if (currency !== account.currency || balanceOf(world, account.id).available < amount) {
    throw invalid(
      "You have insufficient funds in your Stripe account for this transfer. Your card balance is too low. You can use the /v1/balance endpoint to view your Stripe balance (for more details, see stripe.com/docs/api#balance).",
      "balance_insufficient",
    );
  }
  return insertPayout(world, account.id, wish, request).payout;
};

const retrieve: ApiHandler = (call) => {
  call.params.done();
  return found(call);
};

const update: ApiHandler = (call) => {
  const payout = found(call);
  const metadata = { ...payout.metadata, ...call.params.metadata() };
  call.params.done();
  const after = saveObject<Payout>(call.world, { ...payout, metadata });
  recordEvent(call.world, call.account.id, "payout.updated", after, call.request);
  return after;
};

const list: ApiHandler = (call) => {
  const status = call.params.text("status");
  const destination = call.params.text("destination");
  const arrives = rangeFilter(call.params, "arrival_date");
  return listPage<Payout>(
    call,
    "payout",
    (payout) =>
      (status === null || payout.status === status) &&
      (destination === null || payout.destination === destination) &&
      arrives(payout.arrival_date),
  );
};

export const payoutRoutes: Route[] = [
  api("POST", "/v1/payouts", create),
  api("GET", "/v1/payouts", list),
  api("GET", "/v1/payouts/:id", retrieve),
  api("POST", "/v1/payouts/:id", update),
];
