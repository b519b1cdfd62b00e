import type { BooksChart } from "#lib/mirror/chart.ts";
import type { ItemKind, Mapping, OrderSettings } from "./mapping.ts";

/** Why something that is mapped can't be used, by the chart; `code` is stable (lib/mapping/faults of the API). */
export type TargetFault = {
  code: TargetFaultCode;
  /** What it is about: an account's code, a tax type, an item's code, an option's id, a kind's or a tender's name. */
  subject: string;
  detail: string;
};
export type TargetFaultCode =
  | "kind-unmapped"
  | "tender-unmapped"
  | "account-unknown"
  | "account-archived"
  | "account-unsuitable"
  | "tax-unknown"
  | "tax-unsuitable"
  | "item-unknown"
  | "tracking-unknown";

/** What a line of an invoice says beside its words and its price. */
export type LineTarget = {
  accountCode: string;
  taxType: string;
  itemCode: string | null;
  tracking: { categoryId: string; optionId: string }[];
};

/** System accounts that Xero keeps for itself: no line goes there. */
const KEPT_BY_XERO = new Set([
  "DEBTORS",
  "CREDITORS",
  "BANKCURRENCYGAIN",
  "RETAINEDEARNINGS",
  "UNREALISEDCURRENCYGAIN",
  "UNPAIDEXPCLM",
]);

type Account = BooksChart["accounts"][number];
type TaxRate = BooksChart["taxRates"][number];

const account = (chart: BooksChart, code: string) => chart.accounts.find((one) => one.code === code);

/**
 * Why no line of a sales or purchase document may go to this account; null when one may (xero-documents 13). On an inventory account
 * Xero takes what moves the stock of tracked items, and no other line.
 */
export function accountFault(chart: BooksChart, code: string): TargetFault | null {
  const found = account(chart, code);
  if (found?.type === "INVENTORY" && found.status === "ACTIVE")
    return fault(
      "account-unsuitable",
      code,
      `Account ${named(found)} is for the stock of tracked items alone.`,
    );
  return stockAccountFault(chart, code);
}

/** The same of a line that buys a tracked item. */
export function stockAccountFault(chart: BooksChart, code: string): TargetFault | null {
  const found = account(chart, code);
  if (!found) return fault("account-unknown", code, `There is no account ${code} in Xero.`);
  if (found.status !== "ACTIVE")
    return fault("account-archived", code, `Account ${named(found)} is archived in Xero.`);
  if (found.type === "BANK" || KEPT_BY_XERO.has(found.systemAccount ?? ""))
    return fault("account-unsuitable", code, `Account ${named(found)} takes no lines of invoices.`);
  return null;
}

/** Why this tax does not go with that account; null when it does (xero-documents 8, CanApplyTo…). */
function taxFault(chart: BooksChart, taxType: string, code: string): TargetFault | null {
  const rate = chart.taxRates.find((one) => one.taxType === taxType);
  if (rate?.status !== "ACTIVE")
    return fault("tax-unknown", taxType, `There is no active tax rate ${taxType} in Xero.`);
  const of = account(chart, code);
  if (of && !goesWith(rate, of))
    return fault("tax-unsuitable", taxType, `Xero does not take “${rate.name}” with account ${named(of)}.`);
  return null;
}

/** A rate whose classes are not known yet goes with any: Xero itself still looks. */
function goesWith(rate: TaxRate, of: Account): boolean {
  return rate.appliesTo.length === 0 || of.class === null || rate.appliesTo.includes(of.class);
}

/** Why a tender's money can't be paid into this account; null when it can. */
export function payAccountFault(chart: BooksChart, accountId: string): TargetFault | null {
  const found = chart.accounts.find((one) => one.accountId === accountId);
  if (!found)
    return fault("account-unknown", accountId, "The account that it was mapped to is no longer in Xero.");
  if (found.status !== "ACTIVE")
    return fault("account-archived", found.code ?? accountId, `Account ${named(found)} is archived in Xero.`);
  if (found.type !== "BANK" && !found.enablePayments)
    return fault(
      "account-unsuitable",
      found.code ?? accountId,
      `Account ${named(found)} takes no payments: in Xero, tick “Enable payments to this account”.`,
    );
  return null;
}

/** What a kind of item may name of the chart. */
export type KindField = "accountCode" | "taxType" | "costAccountCode" | "itemCode" | "tracking";

/** All that keeps a kind of item from being used as it is mapped, by the chart, each with the field that it is about. */
export function kindFaults(
  chart: BooksChart,
  settings: OrderSettings,
  kind: Omit<ItemKind, "id" | "mappedAt">,
): (TargetFault & { field: KindField })[] {
  const { accountCode, taxType } = inherited(chart, settings, kind);
  const { costAccountCode, itemCode, tracking } = kind;
  const atAccount = at("accountCode", accountFault(chart, accountCode));
  return [
    ...(atAccount.length > 0 ? atAccount : at("taxType", taxFault(chart, taxType, accountCode))),
    ...(costAccountCode ? at("costAccountCode", accountFault(chart, costAccountCode)) : []),
    ...(itemCode ? at("itemCode", itemFault(chart, itemCode)) : []),
    ...tracking.flatMap((option) => at("tracking", trackingFault(chart, option))),
  ];
}

function itemFault(chart: BooksChart, code: string): TargetFault | null {
  const found = chart.items.find((one) => one.code === code);
  if (!found) return fault("item-unknown", code, `There is no item ${code} in Xero.`);
  return found.isSold ? null : fault("item-unknown", code, `The item ${code} is not sold, says Xero.`);
}

function trackingFault(
  chart: BooksChart,
  { categoryId, optionId }: { categoryId: string; optionId: string },
): TargetFault | null {
  const category = chart.tracking.find((one) => one.categoryId === categoryId && one.status === "ACTIVE");
  const option = category?.options.find((one) => one.optionId === optionId && one.status === "ACTIVE");
  return option
    ? null
    : fault("tracking-unknown", optionId, "Its tracking category or option is no longer active in Xero.");
}

/** Where lines of this kind go, with all that keeps them from going there. */
export function lineTarget(
  chart: BooksChart,
  { settings, kinds }: Mapping & { settings: OrderSettings },
  name: string,
): { target: LineTarget; faults: TargetFault[] } {
  const kind = kinds.get(name) ?? NOT_SEEN;
  const { accountCode, taxType } = inherited(chart, settings, kind);
  const target = { accountCode, taxType, itemCode: kind.itemCode, tracking: kind.tracking };
  if (kind.mappedAt === null && settings.onUnmapped === "hold")
    return { target, faults: [fault("kind-unmapped", name, `“${name}” is not mapped to an account yet.`)] };
  return { target, faults: kindFaults(chart, settings, { ...kind, name }) };
}

const NOT_SEEN = {
  accountCode: null,
  taxType: null,
  costAccountCode: null,
  itemCode: null,
  tracking: [],
  mappedAt: null,
};

/** What a kind does not say itself: the account of the settings, and of an account of its own that one's tax. */
function inherited(
  chart: BooksChart,
  settings: OrderSettings,
  kind: Pick<ItemKind, "accountCode" | "taxType">,
): { accountCode: string; taxType: string } {
  const accountCode = kind.accountCode ?? settings.salesAccountCode;
  const ofSettings = accountCode === settings.salesAccountCode ? settings.salesTaxType : null;
  return {
    accountCode,
    taxType: kind.taxType ?? ofSettings ?? account(chart, accountCode)?.taxType ?? "NONE",
  };
}

/** Percent of a tax type, a decimal; null for one that is not in the chart. */
export function percentOf(chart: BooksChart, taxType: string): string | null {
  return chart.taxRates.find((one) => one.taxType === taxType)?.percent ?? null;
}

/** All that keeps the settings from being used, each with the field that it is about. */
export function settingsFaults(
  chart: BooksChart,
  settings: OrderSettings,
): (TargetFault & { field: keyof OrderSettings })[] {
  const { salesAccountCode, salesTaxType, costAccountCode, inventoryAccountCode, roundingAccountCode } =
    settings;
  return [
    ...at("salesAccountCode", accountFault(chart, salesAccountCode)),
    ...(salesTaxType ? at("salesTaxType", taxFault(chart, salesTaxType, salesAccountCode)) : []),
    ...(costAccountCode ? at("costAccountCode", accountFault(chart, costAccountCode)) : []),
    ...(inventoryAccountCode
      ? at("inventoryAccountCode", stockAccountFault(chart, inventoryAccountCode))
      : []),
    ...(roundingAccountCode ? at("roundingAccountCode", accountFault(chart, roundingAccountCode)) : []),
  ];
}

function at<const F extends string>(field: F, found: TargetFault | null): (TargetFault & { field: F })[] {
  return found ? [{ ...found, field }] : [];
}

function fault(code: TargetFaultCode, subject: string, detail: string): TargetFault {
  return { code, subject, detail };
}

function named({ code, name }: Account): string {
  return code ? `${code} ${name}` : name;
}
