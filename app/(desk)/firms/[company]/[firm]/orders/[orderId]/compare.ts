import { formatMoney } from "#lib/core/money/money.ts";
import { formatDate } from "#lib/core/text/date-words.ts";
import type { BooksChart } from "#lib/mirror/chart.ts";
import type { OrderBody, OrderLine } from "#lib/orders/order-body.ts";
import type { SaidLine, SaidToXero } from "#lib/orders/staff/said-to-xero.ts";
import {
  accountInWords,
  payAccountInWords,
  taxInWords,
  trackingInWords,
} from "../../settings/chart-options.ts";

/** One thing as it was sent and as Xero has it; each in lines of text, of which the first says most. */
export type Compared = { key: string; label: string; sent: string[]; xero: string[] };

export type CompareWith = {
  currency: string;
  /** Names in Xero, by ContactID; one that is to be made has the name that was sent. */
  names: Map<string, string>;
  chart: BooksChart;
  country: string;
};

const DASH = ["—"];

/** An order beside its invoice, line by line; `said` null: Xero has nothing of it. */
export function compareInvoice(
  sent: OrderBody,
  said: SaidToXero | null,
  { currency, names, chart, country }: CompareWith,
): Compared[] {
  const day = (date: string | null | undefined) => (date ? [formatDate(date, country)] : DASH);
  const money = (minor: bigint) => formatMoney({ minor, currency });
  const lines = Math.max(sent.lines.length, said?.lines.length ?? 0);
  const payments = Math.max(sent.payments?.length ?? 0, said?.payments.length ?? 0);
  return [
    row("Buyer", partyInWords(sent.buyer), said ? [nameOf(said, names, sent.buyer)] : DASH),
    row("Number", [sent.number, ...(sent.reference ? [sent.reference] : [])], numberInWords(said)),
    row("Date", day(sent.date), day(said?.date)),
    row("Due", day(sent.dueDate), day(said?.dueDate)),
    ...places(lines).map((at) =>
      row(`Line ${at + 1}`, sentLine(sent.lines[at]), saidLine(said?.lines[at], chart)),
    ),
    ...places(payments).map((at) => {
      const [paid, told] = [sent.payments?.[at], said?.payments[at]];
      return row(
        `Payment ${at + 1}`,
        paid ? [`${paid.tender}: ${paid.amount}`] : DASH,
        told ? [money(told.amountMinor), payAccountInWords(chart, told.accountId)] : DASH,
      );
    }),
    row("Total", sent.total ? [sent.total] : ["Not sent"], said ? [money(said.totalMinor)] : DASH),
  ];
}

/** What of an order is bought beside its purchase order, line by line. */
export function comparePurchase(
  sent: OrderBody,
  said: SaidToXero,
  { currency, names, chart, country }: CompareWith,
): Compared[] {
  const bought = sent.lines.filter(({ unitCost }) => unitCost !== undefined);
  return [
    row("Supplier", sent.supplier ? partyInWords(sent.supplier) : DASH, [nameOf(said, names, sent.supplier)]),
    row("Number", [sent.number], numberInWords(said)),
    row("Date", sent.date ? [formatDate(sent.date, country)] : DASH, [formatDate(said.date, country)]),
    ...said.lines.map((line, at) => {
      const of = bought[at];
      const cost = of && { ...of, unitPrice: of.unitCost ?? "", discountPercent: undefined, tax: undefined };
      return row(`Line ${at + 1}`, sentLine(cost), saidLine(line, chart));
    }),
    row("Total", DASH, [formatMoney({ minor: said.totalMinor, currency })]),
  ];
}

function row(label: string, sent: string[], xero: string[]): Compared {
  return { key: label, label, sent, xero };
}

function nameOf(
  { contactId }: SaidToXero,
  names: Map<string, string>,
  sent: OrderBody["buyer"] | undefined,
): string {
  const made = sent?.person ? `${sent.person.name}, a new contact` : "A new contact";
  return contactId === null ? made : (names.get(contactId) ?? contactId);
}

const places = (count: number) => Array.from({ length: count }, (_, at) => at);

function partyInWords({ person, cash, externalId, contactId }: OrderBody["buyer"]): string[] {
  if (person) return [person.name, ...(person.email ? [person.email] : [])];
  if (cash) return ["Nobody: a cash sale"];
  return [externalId ?? contactId ?? ""];
}

function numberInWords(said: SaidToXero | null): string[] {
  if (!said) return DASH;
  return [said.number ?? "Xero's next", ...(said.status === "DRAFT" ? ["A draft"] : [])];
}

function sentLine(line: OrderLine | undefined): string[] {
  if (!line) return DASH;
  const { kind, description, quantity, unitPrice, discountPercent, tax, itemCode, tracking = [] } = line;
  return [
    description,
    priced({ quantity, unitPrice, discountPercent: discountPercent ?? null }),
    kind,
    ...(tax === undefined ? [] : [`Tax ${tax}`]),
    ...(itemCode ? [`Item ${itemCode}`] : []),
    ...tracking.map(({ category, option }) => `${category}: ${option}`),
  ];
}

function saidLine(line: SaidLine | undefined, chart: BooksChart): string[] {
  if (!line) return DASH;
  const { description, accountCode, taxType, itemCode, tracking } = line;
  return [
    description,
    priced(line),
    accountInWords(chart, accountCode),
    taxType === null ? "No tax" : taxInWords(chart, taxType),
    ...(itemCode ? [`Item ${itemCode}`] : []),
    ...tracking.map((option) => trackingInWords(chart, option)),
  ];
}

function priced({
  quantity,
  unitPrice,
  discountPercent,
}: Pick<SaidLine, "quantity" | "unitPrice" | "discountPercent">) {
  return `${quantity} × ${unitPrice}${discountPercent ? ` less ${discountPercent} %` : ""}`;
}
