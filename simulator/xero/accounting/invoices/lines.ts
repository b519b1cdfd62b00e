/** Line and tax arithmetic: tax is rounded by line, then summed (xero-platform.md 3.13). */
import { randomUUID } from "node:crypto";
import { type Folded, text, units } from "../../body.ts";
import type { Account, Invoice, Line, LineAmountType } from "../../model.ts";
import { divideRounded, fromUnits } from "../../money.ts";
import { accounts, taxRates } from "../../store/books.ts";
import type { Scope } from "../../store/rows.ts";

const lineScale = 1_000_000n;
const wholePercent = 1_000_000n;

export type LineOptions = {
  type: LineAmountType;
  unitDecimals: 2 | 4;
  isDraft: boolean;
  /** The only account that lines of this document may be on: of an overpayment, the one of its debtors. */
  onlyAccount?: Account;
};
export type ReadLine = { line: Line; faults: string[] };

/** One line with its amounts, and what is wrong with it. */
export function readLine(scope: Scope, body: Folded, options: LineOptions): ReadLine {
  const faults: string[] = [];
  const quantity = units(body, "Quantity", 4) ?? 10_000;
  const discount = units(body, "DiscountRate", 4);
  const sent = units(body, "LineAmount", 2);
  const unitAmount = unitPrice(body, quantity, sent, options.unitDecimals);
  const lineAmount = extend(quantity, unitAmount, discount ?? 0);
  if (sent !== undefined && sent !== lineAmount) {
    faults.push(
      `The line total ${fromUnits(sent, 2)} does not match the expected line total ${fromUnits(lineAmount, 2)}`,
    );
  }
  const description = text(body, "Description");
  if (!description && !options.isDraft) faults.push("Description must be specified");

  const account = findAccount(scope, body) ?? options.onlyAccount;
  faults.push(...faultsOfAccount(body, account, options));
  const taxType = options.type === "NoTax" ? "NONE" : (text(body, "TaxType") ?? account?.taxType);
  const percent = percentOf(scope, taxType);
  if (percent === undefined) {
    faults.push(`The TaxType code '${taxType}' cannot be used with account code '${account?.code ?? ""}'.`);
  }
  const taxAmount = units(body, "TaxAmount", 2) ?? taxOn(lineAmount, percent ?? 0, options.type);
  const itemCode = text(body, "ItemCode");
  const line: Line = {
    id: text(body, "LineItemID") ?? randomUUID(),
    ...(description !== undefined && { description }),
    quantity,
    unitAmount,
    lineAmount,
    taxAmount: options.type === "NoTax" ? 0 : taxAmount,
    ...(taxType && { taxType }),
    ...(account?.code !== undefined && { accountCode: account.code }),
    ...(account && { accountId: account.id }),
    ...(itemCode && { itemCode }),
    ...(discount !== undefined && { discount }),
  };
  return { line, faults };
}

/** Beyond two decimals it is rounded, unless the call said unitdp=4. */
function unitPrice(body: Folded, quantity: number, lineAmount: number | undefined, decimals: 2 | 4): number {
  const given = units(body, "UnitAmount", decimals);
  if (given !== undefined) return decimals === 2 ? given * 100 : given;
  if (lineAmount === undefined || quantity === 0) return 0;
  return Number(divideRounded(BigInt(lineAmount) * lineScale, BigInt(quantity)));
}

/** quantity × price × (1 − discount), in minor units. */
function extend(quantity: number, unitAmount: number, discount: number): number {
  const kept = wholePercent - BigInt(discount);
  return Number(divideRounded(BigInt(quantity) * BigInt(unitAmount) * kept, lineScale * wholePercent));
}

/** Percent may have four decimals. */
export function taxOn(lineAmount: number, percent: number, type: LineAmountType): number {
  const share = BigInt(Math.round(percent * 10_000));
  const amount = BigInt(lineAmount);
  if (type === "NoTax") return 0;
  if (type === "Inclusive") return Number(divideRounded(amount * share, wholePercent + share));
  return Number(divideRounded(amount * share, wholePercent));
}

export function totals(
  lines: Line[],
  type: LineAmountType,
): Pick<Invoice, "subTotal" | "totalTax" | "total"> {
  const totalTax = lines.reduce((sum, line) => sum + line.taxAmount, 0);
  const lineTotal = lines.reduce((sum, line) => sum + line.lineAmount, 0);
  const subTotal = type === "Inclusive" ? lineTotal - totalTax : lineTotal;
  return { subTotal, totalTax, total: subTotal + totalTax };
}

function percentOf(scope: Scope, taxType: string | undefined): number | undefined {
  if (!taxType || taxType === "NONE") return 0;
  return taxRates.named(scope, taxType).find(({ status }) => status !== "DELETED")?.percent;
}

function findAccount(scope: Scope, body: Folded): Account | undefined {
  const id = text(body, "AccountID");
  if (id) return accounts.get(scope, id);
  const code = text(body, "AccountCode");
  return code ? accounts.named(scope, code)[0] : undefined;
}

function faultsOfAccount(
  body: Folded,
  account: Account | undefined,
  { isDraft, onlyAccount }: LineOptions,
): string[] {
  const named = text(body, "AccountCode") ?? text(body, "AccountID");
  if (onlyAccount) return account?.id === onlyAccount.id ? [] : [notValid(named ?? "")];
  if (!named) return isDraft ? [] : ["Account code or ID must be specified"];
  const unfit =
    !account || account.type === "BANK" || /^(DEBTORS|CREDITORS)$/.test(account.systemAccount ?? "");
  if (unfit) return [notValid(named)];
  return account.status === "ACTIVE" ? [] : [`Account code '${named}' has been archived, or deleted.`];
}

const notValid = (named: string) => `Account code '${named}' is not a valid code for this document.`;
