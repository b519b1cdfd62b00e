/**
 * Systems send orders while everything goes wrong: alone or in batches, as invoice alone or with a purchase order, for clients and
 * for new people, and each again and again under two keys until it is taken, at times once more after that. Some are changed,
 * cancelled or given back a while later, in the same way; and at times a process that begins with it is killed over it first.
 */
import { makeKey } from "../lib/api-keys/make-key.ts";
import { db } from "../lib/core/db.ts";
import type { Sender } from "../lib/orders/accept/accept-orders.ts";
import { crasher } from "../lib/testing/crashes/crash.ts";
import type { Orders as Work } from "../lib/testing/crashes/crash-child.ts";
import type { Desk } from "../lib/testing/desk.ts";
import { setOrders } from "../lib/testing/orders/order-desk.ts";
import { contactsInXero } from "../lib/testing/orders/order-documents.ts";
import { chanceOf } from "../lib/testing/seeded.ts";
import { startLane } from "./lane.ts";
import { breaksOfOrders, type Order, PREFIX } from "./order-breaks.ts";
import { type Ask, askUntilDone } from "./order-calls.ts";
import type { Stage } from "./stage.ts";

const [IN_BATCH, TRACKED, NEW_BUYER, AGAIN] = [0.3, 0.2, 0.3, 0.3];
const [REVISED, CANCELLED, REFUNDED] = [0.08, 0.08, 0.08];
const MOST_IN_BATCH = 30;
/** Each new person buys about so often. */
const ORDERS_A_PERSON = 5;
/** What a refund gives back, and how much more a changed order comes to, in minor units. */
const [BACK, MORE] = [500, 50_000];
/** At most so long after it was sent an order is changed, cancelled or given back: it may be on its way, or there. */
const CHANGED_WITHIN_MS = 20_000;
/** Taking an order or changing one has about so many effects on the world, and each more of a batch. */
const POINTS = { first: 40, more: 8 };

export type Pace = {
  /** So many send at a time, each about so often. */
  lanes: number;
  everyMs: number;
  /** Whether one more may be sent now. */
  mayGoOn(): boolean;
  /** This share of what is asked a process begins that is killed over it. */
  killed: number;
};

export type OrderSenders = {
  sent(): number;
  repeats(): number;
  changed: Record<"revised" | "cancelled" | "refunded", number>;
  /** Processes that were killed over what was asked. */
  killed(): number;
  leave(): Promise<void>;
  /** What of the orders that were taken is not in Xero exactly once, and what is there that nobody sent. */
  breaks(): Promise<string[]>;
};

type System = {
  desk: Desk;
  sender: Sender;
  keys: string[];
  contacts: string[];
  currency: string;
  taken: Order[];
};

export async function sendOrders({ origin, desks }: Stage, seed: number, pace: Pace): Promise<OrderSenders> {
  const chance = chanceOf(seed + 4);
  const children = crasher("ignore");
  const systems = await Promise.all(desks.map(systemOf));
  const refused: string[] = [];
  const changed = { revised: 0, cancelled: 0, refunded: 0 };
  const changes: { dueAt: number; run(): Promise<void> }[] = [];
  let [sent, repeats, killed] = [0, 0, 0];
  const pick = <T>(items: T[]) => items[Math.floor(chance() * items.length)] as T;

  /** At times a process is killed over it first; then under one key, or under two at once. */
  const ask = async ({ keys }: System, path: string, body: object | undefined, work: Work["work"]) => {
    if (chance() < pace.killed) {
      const more = work.kind === "accept" ? work.sent.length - 1 : 0;
      const at = 1 + Math.floor(chance() * (POINTS.first + more * POINTS.more));
      // It falls over by itself while PostgreSQL is away.
      const ended = await children.run({ at, how: "kill", work }).catch(() => null);
      if (ended?.points === null) killed += 1;
    }
    const one = (): Ask => ({
      url: `${origin}/api/v1/orders${path}`,
      key: pick(keys),
      ...(body ? { body } : {}),
    });
    const [ids] = await Promise.all([
      askUntilDone(one()),
      ...(chance() < AGAIN ? [askUntilDone(one())] : []),
    ]);
    return ids ?? [];
  };

  const one = async () => {
    if (!pace.mayGoOn()) return;
    const system = pick(systems);
    const many = chance() < IN_BATCH ? 1 + Math.floor(chance() * MOST_IN_BATCH) : 1;
    const orders = Array.from({ length: many }, (): Order => {
      sent += 1;
      const person = chance() < NEW_BUYER ? `Chaos Buyer ${Math.floor(sent / ORDERS_A_PERSON)}` : null;
      const isTracked = chance() < TRACKED;
      const as = { isTracked, person, isCancelled: false, credited: 0 };
      return { number: String(sent), total: 1_000 + sent, ...as };
    });
    system.taken.push(...orders);
    const bodies = orders.map((order) => bodyOf(order, system, pick(system.contacts)));
    const batch = many > 1 || chance() < 0.2;
    const [path, body] = batch ? ["/batch", { orders: bodies }] : ["", bodies[0]];
    const work = { kind: "accept" as const, sender: system.sender, sent: bodies };
    const ids = await ask(system, path, body, work);
    if (chance() < AGAIN) {
      repeats += many;
      await ask(system, path, body, work);
    }
    for (const [at, order] of orders.entries()) {
      const run = changeOf(system, { order, orderId: ids[at] ?? "", body: bodies[at] ?? {} });
      if (run) changes.push({ dueAt: Date.now() + chance() * CHANGED_WITHIN_MS, run });
    }
  };

  /** What becomes of an order later on; nothing of most. */
  function changeOf(
    system: System,
    { order, orderId, body }: { order: Order; orderId: string; body: object },
  ) {
    const { sender } = system;
    const draw = chance();
    if (draw < REVISED)
      return async () => {
        order.total += MORE;
        const revised = { ...body, revision: 2, ...linesOf(order) };
        await ask(system, "", revised, { kind: "accept", sender, sent: [revised] });
        changed.revised += 1;
        const key = pick(system.keys);
        // What comes late says no longer what the order is.
        await askUntilDone({ url: `${origin}/api/v1/orders`, key, body }, "revision-conflict");
      };
    if (draw < REVISED + CANCELLED)
      return async () => {
        order.isCancelled = true;
        await ask(system, `/${orderId}/cancel`, undefined, { kind: "cancel-order", sender, orderId });
        changed.cancelled += 1;
      };
    if (draw < REVISED + CANCELLED + REFUNDED)
      return async () => {
        order.credited = BACK;
        const refund = { refundNumber: "R-1", amount: (BACK / 100).toFixed(2) };
        const work = { kind: "refund-order" as const, sender, orderId, sent: refund };
        await ask(system, `/${orderId}/refunds`, refund, work);
        changed.refunded += 1;
      };
    return null;
  }

  const noted = (work: () => Promise<void>) => () => work().catch((why) => void refused.push(String(why)));
  const leaves = Array.from({ length: pace.lanes }, () => startLane(pace.everyMs, noted(one)));
  const change = async () => {
    const at = changes.findIndex(({ dueAt }) => dueAt <= Date.now());
    const [due] = at < 0 ? [] : changes.splice(at, 1);
    await due?.run();
  };
  const leaveChanges = Array.from({ length: pace.lanes * 2 }, () => startLane(pace.everyMs, noted(change)));
  return {
    sent: () => sent,
    repeats: () => repeats,
    changed,
    killed: () => killed,
    async leave() {
      await Promise.all(leaves.map((leave) => leave()));
      while (changes.length > 0) await new Promise((later) => setTimeout(later, 500));
      await Promise.all(leaveChanges.map((leave) => leave()));
      await children.stop();
    },
    async breaks() {
      const found = await Promise.all(systems.map(({ desk, taken }) => breaksOfOrders(desk, taken)));
      return [...refused, ...found.flat()];
    },
  };
}

/** As the stage opens its desks. */
const CURRENCIES = ["AUD", "GBP", "USD"];

async function systemOf(desk: Desk, nth: number): Promise<System> {
  const { firmId, connectionId } = desk.books;
  const name = { connectionId, name: "Chaos", scopes: ["orders:write" as const] };
  await setOrders(db(), desk, { numberPrefix: PREFIX, inventoryAccountCode: null });
  const contacts = (await contactsInXero(desk)).filter(({ status }) => status === "ACTIVE");
  const keys = [await makeKey(db(), desk.caller, name), await makeKey(db(), desk.caller, name)];
  return {
    ...{ desk, keys, taken: [], currency: CURRENCIES[nth] ?? "", contacts: contacts.map(({ id }) => id) },
    sender: { firmId, connectionId, apiKeyId: null, actor: "worker" },
  };
}

function bodyOf(order: Order, { currency }: System, contactId: string) {
  const { number, isTracked, person } = order;
  const buyer = person
    ? { person: { name: person, email: `${person.replaceAll(" ", ".")}@example.com` } }
    : { contactId };
  return {
    ...{ source: "chaos", number, currency, amounts: "none", buyer, ...linesOf(order) },
    ...(isTracked ? { process: "tracked", supplier: { contactId } } : {}),
  };
}

function linesOf({ number, total, isTracked }: Order) {
  const unitPrice = (total / 100).toFixed(2);
  const line = { kind: "Chaos", description: `Order ${number}`, unitPrice };
  return { lines: [isTracked ? { ...line, unitCost: "1.00" } : line] };
}
