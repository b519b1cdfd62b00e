import { randomUUID } from "node:crypto";
import { child, type Folded, flag, text, units } from "../../body.ts";
import type { Call } from "../../call.ts";
import { dayIn, parseDay } from "../../dates.ts";
import type { Account, Payment } from "../../model.ts";
import { portion } from "../../money.ts";
import { currencyFactor, dayRate } from "../../rates.ts";
import type { Stored } from "../../store/rows.ts";
import { type Named, namedAccount } from "../accounts/find.ts";
import { demand, zeroId } from "../write.ts";
import { faultsOfAmount, faultsOfDay, noAccount, refuseAccount, refuseCurrency } from "./rules.ts";
import { savePayment } from "./save.ts";
import { typeOfPayment } from "./settled.ts";
import { targetOf } from "./target.ts";

/** What the batch around a payment says for all of them. */
export type Batch = {
  id: string;
  account: Account | undefined;
  named: string;
  day: string | undefined;
  reference: string;
};

/** Takes a payment and settles its invoice, or pays a credit back, in one transaction. */
export function createPayment(call: Call, body: Folded, batch?: Batch): Stored<Payment> {
  const extra = { PaymentID: zeroId, HasAccount: child(body, "Account") !== undefined };
  const target = targetOf(call, body);
  if (!target) demand(["Document could not be found"], extra);
  if (batch && target?.of !== "invoice") demand(["Only invoices can be paid within a batch"], extra);
  const { account, named } = batch ?? accountOf(call, body);
  const amount = units(body, "Amount", 2) ?? 0;
  const sentDay = text(body, "Date");
  const day = sentDay
    ? parseDay(sentDay)
    : (batch?.day ?? dayIn(call.organisation.timezone, call.world.clock.now()));
  const refusedAccount = named ? refuseAccount(account, named) : noAccount;
  demand(
    [
      ...(refusedAccount ? [refusedAccount] : []),
      ...(day ? [] : ["Date is not a valid date"]),
      ...(target ? faultsOfAmount(target, amount) : []),
      ...(target && day ? faultsOfDay(call.organisation, target, day) : []),
    ],
    extra,
  );
  if (!target || !account || !day) throw new Error("demand() has let a fault through");

  const { baseCurrency } = call.organisation;
  const wrongCurrency = refuseCurrency(account, target, baseCurrency);
  demand(wrongCurrency ? [wrongCurrency] : [], extra);
  const particulars = text(body, "Particulars");
  const details = text(body, "Details");
  const payment: Payment = {
    id: randomUUID(),
    invoiceId: target.document.id,
    ...(target.of !== "invoice" && { credit: target.of }),
    type: typeOfPayment(target),
    status: "AUTHORISED",
    accountId: account.id,
    day,
    amount,
    ...exchange(call, body, { document: target.document, account, amount }),
    reference: text(body, "Reference") ?? batch?.reference ?? "",
    isReconciled: flag(body, "IsReconciled") ?? false,
    ...(batch && { batchId: batch.id }),
    ...(particulars && { particulars }),
    ...(details && { details }),
    createdBy: call.clientId,
  };
  return savePayment(call, payment, target);
}

/** By id or code. */
export function accountOf(call: Call, body: Folded): Named {
  return namedAccount(call, child(body, "Account"), text(body, "Code"));
}

type Money = { document: { currency: string; rate: number }; account: Account; amount: number };

/** Rate and amount at the bank: given, derived from each other, or by the day's rate. */
function exchange(
  call: Call,
  body: Folded,
  { document, account, amount }: Money,
): { rate: number; bankAmount: number } {
  const { baseCurrency } = call.organisation;
  const bankCurrency = account.currency ?? baseCurrency;
  const sentBank = units(body, "BankAmount", 2);
  if (document.currency === baseCurrency) return { rate: 1, bankAmount: amount };
  const sentRate = units(body, "CurrencyRate", 10);
  const rate = sentRate ? sentRate / 1e10 : (dayRate(call, document.currency, baseCurrency) ?? document.rate);
  if (bankCurrency === document.currency) return { rate, bankAmount: amount };
  if (sentBank) return { rate: amount / sentBank, bankAmount: sentBank };
  return { rate, bankAmount: portion(amount, ...currencyFactor(rate)) };
}
