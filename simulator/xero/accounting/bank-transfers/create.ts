import type { BankTransfer } from "../../bank-model.ts";
import { child, type Folded, flag, text, units } from "../../body.ts";
import type { Call } from "../../call.ts";
import { dayIn, parseDay } from "../../dates.ts";
import type { Account } from "../../model.ts";
import type { Stored } from "../../store/rows.ts";
import { currencyOf, faultsOfBankAccount } from "../accounts/bank.ts";
import { namedAccount } from "../accounts/find.ts";
import { refuseLocked } from "../invoices/rules.ts";
import { demand } from "../write.ts";
import { makeTransfer } from "./save.ts";

/** Two bank accounts of one currency, and an amount; the day is today's unless given. */
export function createBankTransfer(call: Call, body: Folded): Stored<BankTransfer> {
  const from = namedAccount(call, child(body, "FromBankAccount"));
  const to = namedAccount(call, child(body, "ToBankAccount"));
  const amount = units(body, "Amount", 2) ?? 0;
  const sent = text(body, "Date");
  const day = sent ? parseDay(sent) : dayIn(call.organisation.timezone, call.world.clock.now());
  const locked = day ? refuseLocked(call.organisation, day) : null;
  demand([
    ...faultsOfBankAccount(from, "FromBankAccount"),
    ...faultsOfBankAccount(to, "ToBankAccount"),
    ...(amount > 0 ? [] : ["The amount of a bank transfer must be greater than zero"]),
    ...(day ? [] : ["Date is not a valid date"]),
    ...(locked ? [locked] : []),
  ]);
  if (!from.account || !to.account || !day) throw new Error("demand() has let a fault through");
  demand(faultsOfPair(from.account, to.account, call.organisation.baseCurrency));
  return makeTransfer(call, {
    ...{ from: from.account, to: to.account, amount, day },
    reference: text(body, "Reference") ?? "",
    fromIsReconciled: flag(body, "FromIsReconciled") ?? false,
    toIsReconciled: flag(body, "ToIsReconciled") ?? false,
    createdBy: call.clientId,
  });
}

/** Also asked by the control API. */
export function faultsOfPair(from: Account, to: Account, baseCurrency: string): string[] {
  return [
    ...(from.id === to.id ? ["A bank transfer needs two different bank accounts"] : []),
    ...(currencyOf(from, baseCurrency) === currencyOf(to, baseCurrency)
      ? []
      : ["A bank transfer between accounts of different currencies is not supported by the API"]),
  ];
}
