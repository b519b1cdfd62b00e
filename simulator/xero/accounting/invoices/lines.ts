/** Line and tax arithmetic: tax is rounded by line, then summed (xero-platform.md 3.13). */
import { randomUUID } from "node:crypto";
import { type Folded, text, units } from "../../body.ts";
import type { Account, Invoice, Line, LineAmountType } from "../../model.ts";
import { divideRounded, fromUnits } from "../../money.ts";
import { accounts } from "../../store/books.ts";
import type { Item } from "../../store/order-model.ts";
import type { Scope } from "../../store/rows.ts";
import { withItem, withoutDeletedItems } from "../items/lines.ts";
import { percentOn } from "../tax-rates/on-account.ts";
import { faultsOfTracking, readTracking } from "../tracking/lines.ts";

const lineScale = 1_000_000n;
const wholePercent = 1_000_000n;

export type LineOptions = {
  type: LineAmountType;
  unitDecimals: 2 | 4;
  isDraft: boolean;
  /** The lines so far: one that is named by its id keeps what is not sent (DOC invoices; xero-documents 2.3). */
  before: Line[];
  /** DOC invoices, LineItems: "Only supported on ACCREC invoices and quotes." */
  takesDiscounts: boolean;
  /** Whether items are sold by it, else bought. */
  isSale: boolean;
  /** Whether it is a transaction, and no mere order: what is tracked then stands on its inventory account. */
  movesStock: boolean;
  /** Whether a line may be a description and no more. */
  takesText: boolean;
  /** The only account that lines of this document may be on: of an overpayment, the one of its debtors. */
  onlyAccount?: Account;
};
export type ReadLine = { line: Line; faults: string[] };

/** One line with its amounts, and what is wrong with it. */
export function readLine(scope: Scope, sentBody: Folded, options: LineOptions): ReadLine {
  const before = options.before.find(({ id }) => id === text(sentBody, "LineItemID")?.toLowerCase());
  if (options.takesText && isText(sentBody, before)) return textLine(sentBody, before);
  const { body, item, faults } = withItem(scope, sentBody, before, options);
  const quantity = units(body, "Quantity", 4) ?? before?.quantity ?? 10_000;
  faults.push(...faultsOfQuantity(quantity));
  const discounts = discountsOf(body, before);
  const sent = units(body, "LineAmount", 2);
  const unitAmount = unitPrice(body, { quantity, sent, before }, options.unitDecimals);
  const lineAmount = extend(quantity, unitAmount, discounts);
  if (sent !== undefined && sent !== lineAmount) {
    faults.push(
      `The line total ${fromUnits(sent, 2)} does not match the expected line total ${fromUnits(lineAmount, 2)}`,
    );
  }
  const description = text(body, "Description") ?? before?.description;
  // waynerobinson/xeroizer 529: a line of an item needs none.
  if (!description && !options.isDraft && !item) faults.push("Description must be specified");
  if (!options.takesDiscounts && (discounts.discount || discounts.discountAmount))
    faults.push("Discounts are only supported on ACCREC invoices and quotes");

  const account = findAccount(scope, body, before) ?? options.onlyAccount;
  faults.push(...faultsOfAccount(body, account, options), ...faultsOfTracking(body));
  if (options.movesStock) faults.push(...faultsOfInventory(item, account, options));
  const kept = before && before.accountId === account?.id ? before.taxType : undefined;
  const taxType = options.type === "NoTax" ? "NONE" : (text(body, "TaxType") ?? kept ?? account?.taxType);
  const percent = percentOn(scope, taxType, account);
  if (percent === undefined) {
    faults.push(`The TaxType code '${taxType}' cannot be used with account code '${account?.code ?? ""}'.`);
  }
  const isSame = before && before.lineAmount === lineAmount && before.taxType === taxType;
  const taxAmount =
    units(body, "TaxAmount", 2) ??
    (isSame ? before.taxAmount : taxOn(lineAmount, percent ?? 0, options.type));
  const tracking = readTracking(scope, body, before) ?? before?.tracking;
  const line: Line = {
    id: before?.id ?? randomUUID(),
    ...(item && { itemId: item.id }),
    ...(description !== undefined && { description }),
    quantity,
    unitAmount,
    lineAmount,
    taxAmount: options.type === "NoTax" ? 0 : taxAmount,
    ...(taxType && { taxType }),
    ...(account && { accountId: account.id }),
    ...(tracking && { tracking }),
    ...discounts,
    ...(before?.stock && { stock: before.stock }),
  };
  return { line, faults };
}

/**
 * XeroAPI/Xero-NetStandard 374: what is new among lines that stay comes before them (xero-documents 2.3). None has an item
 * any more that is deleted.
 */
export function linesOf(scope: Scope, read: ReadLine[] | undefined, before: Line[]): Line[] {
  const lines = withoutDeletedItems(scope, read?.map(({ line }) => line) ?? before);
  const isKept = (line: Line) => before.some(({ id }) => id === line.id);
  return [...lines.filter((line) => !isKept(line)), ...lines.filter(isKept)];
}

const amountNames = [
  "Quantity",
  "UnitAmount",
  "LineAmount",
  "TaxType",
  "AccountCode",
  "AccountID",
  "ItemCode",
];

/** DOC invoices, LineItems: "A line item with just a description (i.e no unit amount or quantity) can be created". */
function isText(body: Folded, before: Line | undefined): boolean {
  if (before && !before.isText) return false;
  return Boolean(text(body, "Description")) && amountNames.every((name) => text(body, name) === undefined);
}

function textLine(body: Folded, before: Line | undefined): ReadLine {
  const none = { quantity: 0, unitAmount: 0, lineAmount: 0, taxAmount: 0 };
  const description = text(body, "Description") ?? "";
  return { line: { id: before?.id ?? randomUUID(), description, isText: true, ...none }, faults: [] };
}

type Discounts = Pick<Line, "discount" | "discountAmount">;

/** One of the two: what is sent replaces what was. */
function discountsOf(body: Folded, before: Line | undefined): Discounts {
  const discount = units(body, "DiscountRate", 4);
  const discountAmount = units(body, "DiscountAmount", 2);
  if (discountAmount !== undefined) return { discountAmount };
  if (discount !== undefined) return { discount };
  return {
    ...(before?.discount !== undefined && { discount: before.discount }),
    ...(before?.discountAmount !== undefined && { discountAmount: before.discountAmount }),
  };
}

/** Beyond two decimals it is rounded, unless the call said unitdp=4. */
function unitPrice(
  body: Folded,
  { quantity, sent, before }: { quantity: number; sent: number | undefined; before: Line | undefined },
  decimals: 2 | 4,
): number {
  const given = units(body, "UnitAmount", decimals);
  if (given !== undefined) return decimals === 2 ? given * 100 : given;
  if (sent === undefined || quantity === 0) return before?.unitAmount ?? 0;
  return Number(divideRounded(BigInt(sent) * lineScale, BigInt(quantity)));
}

/** quantity × price × (1 − discount), or less the discount, in minor units. */
function extend(
  quantity: number,
  unitAmount: number,
  { discount = 0, discountAmount = 0 }: Discounts,
): number {
  const kept = wholePercent - BigInt(discount);
  const share = divideRounded(BigInt(quantity) * BigInt(unitAmount) * kept, lineScale * wholePercent);
  return Number(share) - discountAmount;
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

function findAccount(scope: Scope, body: Folded, before: Line | undefined): Account | undefined {
  const id = text(body, "AccountID");
  if (id) return accounts.get(scope, id);
  const code = text(body, "AccountCode");
  if (code) return accounts.named(scope, code)[0];
  return before?.accountId ? accounts.get(scope, before.accountId) : undefined;
}

function faultsOfAccount(
  body: Folded,
  account: Account | undefined,
  { isDraft, onlyAccount }: LineOptions,
): string[] {
  const named = text(body, "AccountCode") ?? text(body, "AccountID");
  if (onlyAccount) return account?.id === onlyAccount.id ? [] : [notValid(named ?? "")];
  if (!named) return isDraft || account ? [] : ["Account code or ID must be specified"];
  const unfit =
    !account || account.type === "BANK" || /^(DEBTORS|CREDITORS)$/.test(account.systemAccount ?? "");
  if (unfit) return [notValid(named)];
  return account.status === "ACTIVE" ? [] : [`Account code '${named}' has been archived, or deleted.`];
}

/**
 * Xero Central, "About tracked inventory": what is tracked is bought on its inventory account, and "you can't select another";
 * nothing else is on such an account, and the words are Xero's (AroFlo's help, "XERO - You cannot save …").
 */
function faultsOfInventory(
  item: Item | undefined,
  account: Account | undefined,
  { isSale }: LineOptions,
): string[] {
  const own = isSale ? undefined : item?.inventoryAccountCode;
  if (own && account && account.code !== own) return [notValid(account.code ?? "")];
  return account?.type === "INVENTORY" && !own
    ? ["You cannot save this transaction using an inventory account type"]
    : [];
}

/** Xero's words (WorkGuru's help, "Common Xero API Error Messages"). */
const faultsOfQuantity = (quantity: number) =>
  quantity < 0
    ? [`The quantity value '${fromUnits(quantity, 4)}' is invalid. Quantity must not be less than zero.`]
    : [];

const notValid = (named: string) => `Account code '${named}' is not a valid code for this document.`;
