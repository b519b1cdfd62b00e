/** What became of the orders that were sent: Xero, by the simulator's own books, against what was sent and what our database says. */
import { sql } from "drizzle-orm";
import { db } from "../lib/core/db.ts";
import type { Desk } from "../lib/testing/desk.ts";
import { contactsInXero, type TrueDocument } from "../lib/testing/orders/order-documents.ts";
import type { TrueInvoice } from "../lib/testing/truth/truth.ts";

export const PREFIX = "CHAOS-";

/** An order as it was sent last, in minor units, and what was done to it since. */
export type Order = {
  number: string;
  total: number;
  isTracked: boolean;
  person: string | null;
  isCancelled: boolean;
  credited: number;
};

type InXero = TrueDocument & Pick<TrueInvoice, "amountDue"> & { remainingCredit: number };

/** Each order of a desk that is not in Xero as it was sent, exactly once, and each document there that is of none; as sentences. */
export async function breaksOfOrders(desk: Desk, orders: Order[]): Promise<string[]> {
  const documents = async (kind: "invoices" | "purchase-orders" | "credit-notes") => {
    const path = `/control/xero/${kind}?tenantId=${desk.tenantId}`;
    const answer = await desk.simulator.control<Record<string, InXero[]>>("GET", path);
    return (Object.values(answer).find(Array.isArray) ?? []) as InXero[];
  };
  const isOurs = ({ number }: InXero) => number?.startsWith(PREFIX) ?? false;
  const invoices = (await documents("invoices")).filter(isOurs);
  const bought = (await documents("purchase-orders")).filter(isOurs);
  const credits = (await documents("credit-notes")).filter(({ reference }) => CREDIT.test(reference ?? ""));
  return [
    ...(await breaksInXero(desk, orders, { invoices, bought, credits })),
    ...(await breaksInDatabase(desk, orders.length, [...invoices, ...bought, ...credits])),
  ];
}

/** A credit note of an order has the order's number and our reference in its Reference, and a number of Xero's. */
const CREDIT = /^(\d+) CF-/;
/** What takes the place of another has its revision at the end, and a deleted purchase order our reference. */
const numberOf = ({ number }: InXero) => number.slice(PREFIX.length).replace(/(?:-r\d+)?(?: CF-\w+)?$/, "");
const creditOf = ({ reference }: InXero) => CREDIT.exec(reference)?.[1] ?? "";
const stands = ({ status }: InXero) => status !== "VOIDED" && status !== "DELETED";

type Books = Record<"invoices" | "bought" | "credits", InXero[]>;

async function breaksInXero(desk: Desk, orders: Order[], books: Books): Promise<string[]> {
  const invoices = Map.groupBy(books.invoices, numberOf);
  const bought = Map.groupBy(books.bought, numberOf);
  const credits = Map.groupBy(books.credits, creditOf);
  const people = Map.groupBy(await contactsInXero(desk), ({ name }) => name);
  const wrong = [...twice(books.invoices), ...twice(books.bought)];
  for (const { number, total, isTracked, person, isCancelled, credited } of orders) {
    const name = PREFIX + number;
    const found = (invoices.get(number) ?? []).filter(stands);
    const [one] = found;
    if (found.length !== (isCancelled ? 0 : 1))
      wrong.push(`${name}: ${found.length} invoices, of ${found.map((each) => each.total).join()}`);
    else if (one && (one.total !== total || one.amountDue !== total - credited))
      wrong.push(
        `${name}: of ${one.total}, ${one.amountDue} due, and not of ${total}, ${total - credited} due`,
      );
    const ordered = (bought.get(number) ?? []).filter(stands).length;
    if (ordered !== (isTracked && !isCancelled ? 1 : 0)) wrong.push(`${name}: ${ordered} purchase orders`);
    const back = (credits.get(number) ?? []).filter(stands);
    if (back.map((each) => each.total).join() !== (credited > 0 ? String(credited) : ""))
      wrong.push(`${name}: credit notes of ${back.map((each) => each.total).join()}, and not ${credited}`);
    for (const { remainingCredit } of back)
      if (remainingCredit !== 0)
        wrong.push(`${name}: ${remainingCredit} of its credit note is set against nothing`);
    const made = person && (people.get(person) ?? []);
    if (made && made.length !== 1) wrong.push(`${person}: ${made.length} contacts`);
  }
  const sent = new Set(orders.map(({ number }) => number));
  for (const number of [...invoices.keys(), ...bought.keys(), ...credits.keys()])
    if (!sent.has(number)) wrong.push(`${PREFIX}${number} is in Xero and nobody sent it`);
  return wrong;
}

/** Also of those that were voided: a number is written once. */
function twice(documents: InXero[]): string[] {
  const all = [...Map.groupBy(documents, ({ number }) => number)];
  return all.flatMap(([number, same]) =>
    same.length > 1 ? [`${number} was written ${same.length} times`] : [],
  );
}

async function breaksInDatabase({ books }: Desk, sent: number, inXero: InXero[]): Promise<string[]> {
  const { connectionId } = books;
  const { rows: kept } = await db().execute<{ orders: number }>(
    sql`select count(*)::int as orders from orders where connection_id = ${connectionId}`,
  );
  const { rows: promised } = await db().execute<{ what: string; state: string; id: string; message: string }>(
    sql`select kind || ' ' || reference as what, state, coalesce(xero_id, '') as id, coalesce(message, '') as message
      from postings where connection_id = ${connectionId}
        and source_id in (select id from order_documents where connection_id = ${connectionId})`,
  );
  const ours = new Set(promised.map(({ id }) => id));
  const count = kept[0]?.orders ?? 0;
  return [
    ...(count === sent ? [] : [`${count} orders are kept, ${sent} were sent`]),
    ...promised.flatMap(({ what, state, message }) =>
      state === "done" ? [] : [`${what} is ${state}: ${message}`],
    ),
    ...inXero.flatMap(({ id, number }) => (ours.has(id) ? [] : [`${number} in Xero is no document of ours`])),
  ];
}
