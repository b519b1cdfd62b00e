/** Charts of accounts, tax rates and currencies as Xero gives them to a new organisation, and a few of our own. */
import { type Account, type AccountClass, accountClasses, type Country, type TaxRate } from "../model.ts";
import { idOf } from "./random.ts";

type Row = [code: string | undefined, name: string, type: string, more?: Partial<Account>];

const words: Record<
  Country,
  { bank: string; savings: string; tax: string; sales: string; buys: string; code: string }
> = {
  AU: {
    bank: "Business Bank Account",
    savings: "Business Savings Account",
    tax: "GST",
    sales: "OUTPUT",
    buys: "INPUT",
    code: "064-000",
  },
  GB: {
    bank: "Business Bank Account",
    savings: "Business Savings Account",
    tax: "VAT",
    sales: "OUTPUT2",
    buys: "INPUT2",
    code: "20-00-00",
  },
  US: {
    bank: "Checking Account",
    savings: "Savings Account",
    tax: "Sales Tax",
    sales: "OUTPUT",
    buys: "INPUT",
    code: "021000021",
  },
};

const expenses: [code: string, name: string][] = [
  ["400", "Advertising"],
  ["404", "Bank Fees"],
  ["408", "Cleaning"],
  ["412", "Consulting & Accounting"],
  ["420", "Entertainment"],
  ["425", "Freight & Courier"],
  ["429", "General Expenses"],
  ["433", "Insurance"],
  ["441", "Legal expenses"],
  ["445", "Light, Power, Heating"],
  ["449", "Motor Vehicle Expenses"],
  ["453", "Office Expenses"],
  ["461", "Printing & Stationery"],
  ["469", "Rent"],
  ["473", "Repairs and Maintenance"],
  ["477", "Wages and Salaries"],
  ["485", "Subscriptions"],
  ["489", "Telephone & Internet"],
  ["493", "Travel - National"],
];

/** "Stripe clearing" is a CURRENT account that takes payments; "Card clearing" a bank account without a code. */
export function chartOf(country: Country, key: string, baseCurrency: string, foreign: string[]): Account[] {
  const { bank, savings, tax, sales, buys, code } = words[country];
  const inBank = (number: string, currency = baseCurrency): Partial<Account> => ({
    bankAccountNumber: `${code} ${number}`,
    bankAccountType: "BANK",
    currency,
  });
  const rows: Row[] = [
    ["090", bank, "BANK", inBank("10203040")],
    ["091", savings, "BANK", inBank("10203057")],
    [undefined, "Card clearing", "BANK", inBank("90000001")],
    [undefined, "Business Credit Card", "BANK", { ...inBank("4000"), bankAccountType: "CREDITCARD" }],
    ...foreign.map(
      (currency): Row => [undefined, `${currency} Account`, "BANK", inBank(`7700${currency}`, currency)],
    ),
    ["200", "Sales", "REVENUE", { taxType: sales }],
    ["205", "Accounting Fees", "REVENUE", { taxType: sales }],
    ["210", "Old Sales Account", "REVENUE", { taxType: sales, status: "ARCHIVED" }],
    ["260", "Other Revenue", "REVENUE", { taxType: sales }],
    ["270", "Interest Income", "REVENUE"],
    ["310", "Cost of Goods Sold", "DIRECTCOSTS", { taxType: buys }],
    ...expenses.map(
      ([number, name]): Row => [number, name, "EXPENSE", { taxType: buys, showInExpenseClaims: true }],
    ),
    ["497", "Bank Revaluations", "EXPENSE", { systemAccount: "BANKCURRENCYGAIN" }],
    ["498", "Unrealised Currency Gains", "EXPENSE", { systemAccount: "UNREALISEDCURRENCYGAIN" }],
    ["499", "Realised Currency Gains", "EXPENSE", { systemAccount: "REALISEDCURRENCYGAIN" }],
    ["610", "Accounts Receivable", "CURRENT", { systemAccount: "DEBTORS" }],
    [
      "612",
      "Stripe clearing",
      "CURRENT",
      { enablePayments: true, description: "Card money on its way to the bank" },
    ],
    ["613", "Old clearing", "CURRENT", { enablePayments: true, status: "ARCHIVED" }],
    ["620", "Prepayments", "CURRENT"],
    ["630", "Inventory", "INVENTORY"],
    ["710", "Office Equipment", "FIXED", { taxType: buys }],
    ["711", "Less Accumulated Depreciation on Office Equipment", "FIXED"],
    ["800", "Accounts Payable", "CURRLIAB", { systemAccount: "CREDITORS" }],
    ["801", "Unpaid Expense Claims", "CURRLIAB", { systemAccount: "UNPAIDEXPCLM" }],
    ["820", tax, "CURRLIAB", { systemAccount: "GST" }],
    ["840", "Historical Adjustment", "CURRLIAB", { systemAccount: "HISTORICAL" }],
    ["850", "Suspense", "CURRLIAB"],
    ["860", "Rounding", "CURRLIAB", { systemAccount: "ROUNDING" }],
    ["877", "Tracking Transfers", "CURRLIAB", { systemAccount: "TRACKINGTRANSFERS" }],
    ["880", "Owner A Drawings", "EQUITY", { enablePayments: true }],
    ["900", "Loan", "NONCURRENT"],
    ["960", "Retained Earnings", "EQUITY", { systemAccount: "RETAINEDEARNINGS" }],
    ["970", "Owner A Share Capital", "EQUITY", { enablePayments: true }],
  ];
  return rows.map(([number, name, type, more]) => ({
    id: idOf(key, "account", name),
    ...(number && { code: number }),
    name,
    type,
    status: "ACTIVE",
    taxType: country === "AU" ? "BASEXCLUDED" : "NONE",
    enablePayments: false,
    showInExpenseClaims: false,
    ...more,
  }));
}

/** Where a rate goes by DOC taxrates, "Tax Rate Constraints". */
type Use = "sales" | "purchases" | "both";
type Rate = [name: string, taxType: string, percent: number, use: Use];
const goesNotWith: Record<Use, AccountClass | undefined> = {
  ...{ sales: "EXPENSE", purchases: "REVENUE", both: undefined },
};

const rates: Record<Country, Rate[]> = {
  AU: [
    ["GST on Income", "OUTPUT", 10, "sales"],
    ["GST on Expenses", "INPUT", 10, "purchases"],
    ["GST Free Income", "EXEMPTOUTPUT", 0, "sales"],
    ["GST Free Expenses", "EXEMPTEXPENSES", 0, "purchases"],
    ["BAS Excluded", "BASEXCLUDED", 0, "both"],
  ],
  GB: [
    ["20% (VAT on Income)", "OUTPUT2", 20, "sales"],
    ["20% (VAT on Expenses)", "INPUT2", 20, "purchases"],
    ["5% (VAT on Income)", "RROUTPUT", 5, "sales"],
    ["Zero Rated Income", "ZERORATEDOUTPUT", 0, "sales"],
    ["Exempt Income", "EXEMPTOUTPUT", 0, "sales"],
    ["No VAT", "NONE", 0, "both"],
  ],
  US: [
    ["Tax on Sales", "OUTPUT", 8.25, "both"],
    ["Tax on Purchases", "INPUT", 0, "both"],
    ["Tax Exempt", "NONE", 0, "both"],
  ],
};

export function taxRatesOf(country: Country, key: string): TaxRate[] {
  return rates[country].map(([name, taxType, percent, use]) => ({
    id: idOf(key, "tax-rate", taxType),
    name,
    taxType,
    percent,
    canApplyTo: accountClasses.filter((one) => one !== goesNotWith[use]),
  }));
}

export const taxPercent = (country: Country) => rates[country][0]?.[2] ?? 0;
export const salesTaxType = (country: Country) => words[country].sales;
