import { accountFault, payAccountFault, stockAccountFault } from "#lib/mapping/target-rules.ts";
import type { BooksChart } from "#lib/mirror/chart.ts";

export type Option = { value: string; label: string };

/** "200 · Sales" */
export function accountInWords(chart: BooksChart, code: string): string {
  const found = chart.accounts.find((one) => one.code === code);
  return found ? labelOf(found) : `${code} · not in Xero`;
}

/** "GST on Income (10%)"; many names in Xero say the per cent themselves. */
export function taxInWords(chart: BooksChart, taxType: string): string {
  const rate = chart.taxRates.find((one) => one.taxType === taxType);
  if (!rate) return `${taxType}, not in Xero`;
  const percent = `${Number(rate.percent)}%`;
  return rate.name.includes(percent) ? rate.name : `${rate.name} (${percent})`;
}

/** Accounts that lines may go to, by code; and those that are kept, whatever has become of them, so that a page shows them. */
export function lineAccounts(chart: BooksChart, ...kept: (string | null)[]): Option[] {
  const fit = chart.accounts.flatMap(({ code, ...one }) =>
    code && !accountFault(chart, code) ? [{ value: code, label: labelOf({ code, ...one }) }] : [],
  );
  return withKept(fit, kept, (code) => accountInWords(chart, code));
}

/** Accounts of the stock of tracked items; and the kept one. */
export function stockAccounts(chart: BooksChart, kept: string | null): Option[] {
  const fit = chart.accounts.flatMap(({ code, ...one }) =>
    code && one.type === "INVENTORY" && !stockAccountFault(chart, code)
      ? [{ value: code, label: labelOf({ code, ...one }) }]
      : [],
  );
  return withKept(fit, [kept], (code) => accountInWords(chart, code));
}

/** The same of an account by its id: bank accounts may have no code. */
export function payAccountInWords(chart: BooksChart, accountId: string): string {
  const found = chart.accounts.find((one) => one.accountId === accountId);
  return found ? labelOf(found) : "an account that is no longer in Xero";
}

/** Accounts that payments may go to, by id; and the kept one. */
export function payAccounts(chart: BooksChart, kept: string | null): Option[] {
  const named = (accountId: string) => payAccountInWords(chart, accountId);
  const fit = chart.accounts.flatMap(({ accountId }) =>
    payAccountFault(chart, accountId) ? [] : [{ value: accountId, label: named(accountId) }],
  );
  return withKept(fit, [kept], named);
}

/** Active tax rates, by name, of those that go with the class only these where one is named; and the kept one. */
export function taxRates(
  chart: BooksChart,
  kept: string | null,
  of?: BooksChart["taxRates"][number]["appliesTo"][number],
): Option[] {
  const fit = chart.taxRates
    .filter(({ status, appliesTo }) => status === "ACTIVE" && (!of || goesWith(appliesTo, of)))
    .map(({ taxType }) => ({ value: taxType, label: taxInWords(chart, taxType) }));
  return withKept(fit, [kept], (taxType) => taxInWords(chart, taxType));
}

const goesWith = <T>(appliesTo: T[], of: T) => appliesTo.length === 0 || appliesTo.includes(of);

/** Items that are sold, by code; and the kept one. */
export function soldItems(chart: BooksChart, kept: string | null): Option[] {
  const fit = chart.items
    .filter(({ isSold }) => isSold)
    .map(({ code, name }) => ({ value: code, label: name ? `${code} · ${name}` : code }));
  return withKept(fit, [kept], (code) => `${code} · not in Xero`);
}

type TrackingSlot = {
  name: "firstTracking" | "secondTracking";
  category: string;
  options: Option[];
  /** Value of the option that is kept. */
  kept: string | undefined;
};

/** A choice for each active tracking category, of which Xero has two at most (xero-documents 9). */
export function trackingSlots(
  { tracking }: BooksChart,
  kept: { categoryId: string; optionId: string }[],
): TrackingSlot[] {
  const active = tracking.filter(({ status }) => status === "ACTIVE").slice(0, 2);
  return active.map(({ categoryId, name, options }, index) => {
    const optionId = kept.find((option) => option.categoryId === categoryId)?.optionId;
    return {
      name: index === 0 ? "firstTracking" : "secondTracking",
      category: name,
      options: options
        .filter((option) => option.status === "ACTIVE" || option.optionId === optionId)
        .map((option) => ({
          value: `${categoryId}/${option.optionId}`,
          label: `${option.name}${archivedMark(option)}`,
        })),
      kept: optionId && `${categoryId}/${optionId}`,
    };
  });
}

/** "Region: North" */
export function trackingInWords(
  { tracking }: BooksChart,
  { categoryId, optionId }: { categoryId: string; optionId: string },
): string {
  const category = tracking.find((one) => one.categoryId === categoryId);
  const option = category?.options.find((one) => one.optionId === optionId);
  return category && option ? `${category.name}: ${option.name}` : "no longer in Xero";
}

function labelOf(account: { code: string | null; name: string; status: string }): string {
  const { code, name } = account;
  return `${code ? `${code} · ${name}` : name}${archivedMark(account)}`;
}

const archivedMark = ({ status }: { status: string }) => (status === "ACTIVE" ? "" : " (archived)");

function withKept(fit: Option[], kept: (string | null)[], inWords: (value: string) => string): Option[] {
  const lost = kept.filter((value) => value !== null && !fit.some((one) => one.value === value));
  return [...fit, ...lost.flatMap((value) => (value ? [{ value, label: inWords(value) }] : []))];
}
