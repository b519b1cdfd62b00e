/**
 * Systems send orders while everything goes wrong: alone or in batches, as invoice alone or with a purchase order, for clients and
 * for new people, and each again and again under two keys until it is taken, at times once more after that.
 */
import { makeKey } from "../lib/api-keys/make-key.ts";
import { db } from "../lib/core/db.ts";
import type { Desk } from "../lib/testing/desk.ts";
import { setOrders } from "../lib/testing/order-desk.ts";
import { contactsInXero, type TrueDocument } from "../lib/testing/order-documents.ts";
import { chanceOf } from "../lib/testing/seeded.ts";
import { startLane } from "./lane.ts";
import type { Stage } from "./stage.ts";

const EVERY_MS = 400;
const [IN_BATCH, TRACKED, NEW_BUYER, AGAIN] = [0.3, 0.2, 0.3, 0.3];
const MOST_IN_BATCH = 12;
/** Each new person buys about so often. */
const ORDERS_A_PERSON = 5;
/** Longer than any process of the stage stays away. */
const TRY_MS = 120_000;
const PREFIX = "CHAOS-";

type Order = { number: string; total: number; isTracked: boolean; person: string | null };

export type OrderSenders = {
  sent(): number;
  repeats(): number;
  leave(): Promise<void>;
  /** What of the orders that were taken is not in Xero exactly once, and what is there that nobody sent. */
  breaks(): Promise<string[]>;
};

export async function sendOrders({ origin, desks }: Stage, seed: number): Promise<OrderSenders> {
  const chance = chanceOf(seed + 4);
  const taken = new Map<Desk, Order[]>();
  const senders = new Map<Desk, { keys: string[]; contacts: string[]; currency: string }>();
  for (const desk of desks) {
    const { connectionId } = desk.books;
    const name = { connectionId, name: "Chaos", scopes: ["orders:write" as const] };
    await setOrders(db(), desk, { numberPrefix: PREFIX, inventoryAccountCode: null });
    const contacts = (await contactsInXero(desk))
      .filter(({ status }) => status === "ACTIVE")
      .map(({ id }) => id);
    const keys = [await makeKey(db(), desk.caller, name), await makeKey(db(), desk.caller, name)];
    senders.set(desk, { keys, contacts, currency: CURRENCIES[desks.indexOf(desk)] ?? "" });
    taken.set(desk, []);
  }
  let [sent, repeats] = [0, 0];

  const one = async () => {
    const desk = desks[Math.floor(chance() * desks.length)];
    const sender = desk && senders.get(desk);
    if (!desk || !sender) return;
    const many = chance() < IN_BATCH ? 1 + Math.floor(chance() * MOST_IN_BATCH) : 1;
    const orders = Array.from({ length: many }, () => {
      sent += 1;
      const isTracked = chance() < TRACKED;
      const person = chance() < NEW_BUYER ? `Chaos Buyer ${Math.floor(sent / ORDERS_A_PERSON)}` : null;
      const contactId = sender.contacts[Math.floor(chance() * sender.contacts.length)];
      const order: Order = { number: String(sent), total: 1_000 + sent, isTracked, person };
      return { order, body: bodyOf(order, { contactId, currency: sender.currency }) };
    });
    const batch = many > 1 || chance() < 0.2;
    const post = () =>
      postUntilTaken(
        origin,
        sender.keys[Math.floor(chance() * 2)] ?? "",
        batch,
        orders.map(({ body }) => body),
      );
    await Promise.all([post(), ...(chance() < AGAIN ? [post()] : [])]);
    taken.get(desk)?.push(...orders.map(({ order }) => order));
    if (chance() >= AGAIN) return;
    repeats += many;
    await post();
  };
  const leave = startLane(EVERY_MS, one);
  return {
    sent: () => sent,
    repeats: () => repeats,
    leave,
    breaks: async () =>
      (await Promise.all(desks.map((desk) => breaksOf(desk, taken.get(desk) ?? [])))).flat(),
  };
}

/** As the stage opens its desks. */
const CURRENCIES = ["AUD", "GBP", "USD"];

function bodyOf(
  { number, total, isTracked, person }: Order,
  { contactId, currency }: { contactId: string | undefined; currency: string },
) {
  const unitPrice = (total / 100).toFixed(2);
  const buyer = person
    ? { person: { name: person, email: `${person.replaceAll(" ", ".")}@example.com` } }
    : { contactId };
  return {
    ...{ source: "chaos", number, currency, amounts: "none", buyer },
    ...(isTracked ? { process: "tracked", supplier: { contactId } } : {}),
    lines: [
      {
        kind: "Chaos",
        description: `Order ${number}`,
        unitPrice,
        ...(isTracked ? { unitCost: "1.00" } : {}),
      },
    ],
  };
}

/** What a sender does that loses nothing: sends it until somebody says that it is kept. */
async function postUntilTaken(
  origin: string,
  key: string,
  isBatch: boolean,
  bodies: object[],
): Promise<void> {
  const url = `${origin}/api/v1/orders${isBatch ? "/batch" : ""}`;
  const body = JSON.stringify(isBatch ? { orders: bodies } : bodies[0]);
  for (const giveUp = Date.now() + TRY_MS; Date.now() < giveUp; ) {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body,
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null);
    if (answer && isTaken(answer.status, await answer.text().catch(() => ""))) return;
    await new Promise((later) => setTimeout(later, 500));
  }
  throw new Error("An order was not taken within two minutes");
}

function isTaken(status: number, text: string): boolean {
  if (status === 207)
    return (JSON.parse(text) as { results: { order?: object }[] }).results.every(({ order }) => order);
  return status === 200 || status === 202;
}

async function breaksOf(desk: Desk, orders: Order[]): Promise<string[]> {
  const documents = async (kind: "invoices" | "purchase-orders") => {
    const answer = await desk.simulator.control<Record<string, TrueDocument[]>>(
      "GET",
      `/control/xero/${kind}?tenantId=${desk.tenantId}`,
    );
    const listed = Object.values(answer).find(Array.isArray) ?? [];
    return Map.groupBy(
      listed.filter(({ number }) => number?.startsWith(PREFIX)),
      ({ number }) => number,
    );
  };
  const [invoices, bought] = [await documents("invoices"), await documents("purchase-orders")];
  const people = Map.groupBy(await contactsInXero(desk), ({ name }) => name);
  const wrong: string[] = [];
  for (const { number, total, isTracked, person } of orders) {
    const name = PREFIX + number;
    const found = invoices.get(name) ?? [];
    if (found.length !== 1 || found[0]?.total !== total)
      wrong.push(`${name}: ${found.length} invoices, of ${found.map((one) => one.total).join()}`);
    const ordered = bought.get(name)?.length ?? 0;
    if (ordered !== (isTracked ? 1 : 0)) wrong.push(`${name}: ${ordered} purchase orders`);
    const made = person && (people.get(person) ?? []);
    if (made && made.length !== 1) wrong.push(`${person}: ${made.length} contacts`);
  }
  const names = new Set(orders.map(({ number }) => PREFIX + number));
  for (const name of [...invoices.keys(), ...bought.keys()])
    if (!names.has(name)) wrong.push(`${name} is in Xero and nobody sent it`);
  return wrong;
}
