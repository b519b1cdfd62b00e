import { randomUUID } from "node:crypto";
import { child, type Folded, flag, text, units } from "../../body.ts";
import type { Call } from "../../call.ts";
import { dayIn, parseDay } from "../../dates.ts";
import type { Account, Invoice, Payment } from "../../model.ts";
import { portion } from "../../money.ts";
import { currencyFactor, dayRate } from "../../rates.ts";
import { accounts, invoices } from "../../store/books.ts";
import type { Stored } from "../../store/rows.ts";
import { findInvoice } from "../invoices/find.ts";
import { demand, zeroId } from "../write.ts";
import { faultsOfAmount, faultsOfDay, noAccount, refuseAccount, refuseCurrency } from "./rules.ts";
import { savePayment } from "./save.ts";

/** What the batch around a payment says for all of them. */
export type Batch = {
  id: string;
  account: Account | undefined;
  named: string;
  day: string | undefined;
  reference: string;
};

/** Takes a payment and settles its invoice, in one transaction. */
export function createPayment(call: Call, body: Folded, batch?: Batch): Stored<Payment> {
  const extra = { PaymentID: zeroId, HasAccount: child(body, "Account") !== undefined };
  const invoice = invoiceOf(call, body);
  if (!invoice) demand(["Document could not be found"], extra);
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
      ...(invoice ? faultsOfAmount(invoice, amount) : []),
      ...(invoice && day ? faultsOfDay(call.organisation, invoice, day) : []),
    ],
    extra,
  );
  if (!invoice || !account || !day) throw new Error("demand() has let a fault through");

  const { baseCurrency } = call.organisation;
  const wrongCurrency = refuseCurrency(account, invoice, baseCurrency);
  demand(wrongCurrency ? [wrongCurrency] : [], extra);
  const particulars = text(body, "Particulars");
  const details = text(body, "Details");
  const payment: Payment = {
    id: randomUUID(),
    invoiceId: invoice.id,
    type: invoice.type === "ACCREC" ? "ACCRECPAYMENT" : "ACCPAYPAYMENT",
    status: "AUTHORISED",
    accountId: account.id,
    day,
    amount,
    ...exchange(call, body, { invoice, account, amount }),
    reference: text(body, "Reference") ?? batch?.reference ?? "",
    isReconciled: flag(body, "IsReconciled") ?? false,
    ...(batch && { batchId: batch.id }),
    ...(particulars && { particulars }),
    ...(details && { details }),
    createdBy: call.clientId,
  };
  return savePayment(
    call,
    payment,
    { ...invoice, amountPaid: invoice.amountPaid + amount, fullyPaidDay: day },
    "created",
  );
}

function invoiceOf(call: Call, body: Folded): Stored<Invoice> | undefined {
  const nested = child(body, "Invoice");
  const id = text(nested, "InvoiceID");
  if (id) return invoices.get(call, id);
  const number = text(nested, "InvoiceNumber") ?? text(body, "InvoiceNumber");
  return number ? findInvoice(call, number) : undefined;
}

/** By id or code; bank accounts may have no code. */
export function accountOf(call: Call, body: Folded): { account: Account | undefined; named: string } {
  const nested = child(body, "Account");
  const id = text(nested, "AccountID");
  const code = text(nested, "Code") ?? text(body, "Code");
  if (id) return { account: accounts.get(call, id), named: id };
  return { account: code ? accounts.named(call, code)[0] : undefined, named: code ?? "" };
}

type Money = { invoice: Invoice; account: Account; amount: number };

/** Rate and amount at the bank: given, derived from each other, or by the day's rate. */
function exchange(
  call: Call,
  body: Folded,
  { invoice, account, amount }: Money,
): { rate: number; bankAmount: number } {
  const { baseCurrency } = call.organisation;
  const bankCurrency = account.currency ?? baseCurrency;
  const sentBank = units(body, "BankAmount", 2);
  if (invoice.currency === baseCurrency) return { rate: 1, bankAmount: amount };
  const sentRate = units(body, "CurrencyRate", 10);
  const rate = sentRate ? sentRate / 1e10 : (dayRate(call, invoice.currency, baseCurrency) ?? invoice.rate);
  if (bankCurrency === invoice.currency) return { rate, bankAmount: amount };
  if (sentBank) return { rate: amount / sentBank, bankAmount: sentBank };
  return { rate, bankAmount: portion(amount, ...currencyFactor(rate)) };
}
