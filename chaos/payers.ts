/** Many payers at once, without browsers: each opens a link, pays, and mostly comes back to see the receipt. */
import { formOf, newPayer, type Payer } from "../bench/payer.ts";
import type { Desk } from "../lib/testing/desk.ts";
import { chanceOf, shuffled } from "../lib/testing/seeded.ts";
import { invoicesInXero, type TrueInvoice } from "../lib/testing/truth/truth.ts";
import type { Stage } from "./stage.ts";

/** Stripe's least and most, in minor units. */
const [LEAST, MOST] = [100, 99_999_999];
const TRIES = 6;
/** Its money can be paid out at once: nothing waits for days. */
const CARD = "4000000000000077";

export type Payers = {
  /** So many have been charged. */
  charged(): number;
  /** Why others left without, and how many: somebody else was paying, or nobody answered. */
  left: Map<string, number>;
  /** No new ones begin; resolves when the last has left. */
  leave(): Promise<void>;
  /** Pages on which one firm's payers saw another firm. */
  leaks: string[];
  /** Each who was once told "paid" and is told otherwise now. */
  toldOtherwise(): Promise<string[]>;
};

export function sendPayers(
  { origin, simulator, desks }: Stage,
  { seed, atOnce, pools }: { seed: number; atOnce: number; pools: Map<Desk, TrueInvoice[]> },
): Payers {
  const chance = chanceOf(seed + 1);
  const leaks: string[] = [];
  const receipts: { payer: Payer; path: string }[] = [];
  const left = new Map<string, number>();
  let [charged, people, over] = [0, 0, false];

  const lane = async () => {
    while (!over) {
      const desk = desks[Math.floor(chance() * desks.length)] as Desk;
      const invoice = take(desk);
      if (!invoice) return;
      const rival = chance() < 0.1;
      await Promise.all([one(desk, invoice), ...(rival ? [one(desk, invoice)] : [])]);
    }
  };
  /** Two of them when the payer ticks another invoice of the same client. */
  const take = (desk: Desk) => pools.get(desk)?.shift();
  const one = async (desk: Desk, invoice: TrueInvoice) => {
    const [also] = chance() < 0.15 ? sameClient(desk, invoice) : [];
    const plan = { comesBack: chance() < 0.8, grows: chance() < 0.5 };
    try {
      await pay(desk, also ? [invoice, also] : [invoice], plan);
    } catch (error) {
      const why = String(error).replace(/\/pay\/[^ :]*/, "/pay/…");
      left.set(why, (left.get(why) ?? 0) + 1);
    }
  };
  const sameClient = (desk: Desk, { contactId, currency }: TrueInvoice) =>
    (pools.get(desk) ?? []).filter((other) => other.contactId === contactId && other.currency === currency);

  async function pay(
    desk: Desk,
    invoices: TrueInvoice[],
    { comesBack, grows }: { comesBack: boolean; grows: boolean },
  ): Promise<void> {
    people += 1;
    const payer = newPayer(origin, `198.51.100.${people % 250}`);
    const see = (page: string) => {
      const other = desks.find((one) => one !== desk && page.includes(`/${one.place.firmSlug}/`));
      if (other) leaks.push(`A payer of ${desk.place.firmSlug} saw ${other.place.firmSlug}`);
      return page;
    };
    const [first] = invoices;
    const query = new URLSearchParams({
      amount: major(first?.amountDue ?? 0),
      invoice: first?.number ?? "",
    });
    const at = `/pay/${desk.place.companySlug}/${desk.place.firmSlug}?${query}`;
    const ticked = invoices.map(({ id }) => id);
    const checkout = await again(async () =>
      payer.submit(formOf(see(await payer.open(at)), "/choose"), { invoice: ticked }),
    );
    const details = { name: `Payer ${people}`, email: `p${people}@clients.example`, terms: "accepted" };
    const door = await again(async () =>
      payer.submit(formOf(see(await payer.open(checkout)), "/pay"), details),
    );
    const session = /cs_[A-Za-z0-9_]+/.exec(door)?.[0];
    if (!session) throw new Error(`Not to the processor: ${door}`);
    await simulator.control("POST", "/control/stripe/complete", { session, card: CARD });
    charged += 1;
    if (!comesBack) return;
    const path = new URL(checkout, origin).pathname;
    if (!isPaid(see(await again(() => payer.follow(`${path}/return`))))) return;
    if (receipts.length < 400) receipts.push({ payer, path: `${path}/receipt` });
    // Its total is raised in Xero: what was paid is a part now, and a second payment of it would succeed there.
    if (grows) for (const invoice of invoices) await raise(desk, invoice);
  }

  async function raise(desk: Desk, invoice: TrueInvoice): Promise<void> {
    const total = invoice.total + invoice.amountDue;
    await simulator.control("POST", "/control/xero/invoice", {
      ...{ tenantId: desk.tenantId, invoice: invoice.id, total: major(total), status: "AUTHORISED" },
    });
    pools.get(desk)?.push({ ...invoice, total });
  }

  const lanes = Array.from({ length: atOnce }, lane);
  return {
    charged: () => charged,
    left,
    leaks,
    async leave() {
      over = true;
      await Promise.all(lanes);
    },
    async toldOtherwise() {
      const found: string[] = [];
      for (const { payer, path } of receipts)
        if (!isPaid(await payer.follow(path))) found.push(`${path} said "paid", and no longer does`);
      return found;
    },
  };
}

/** What may be paid at each firm, in the seed's order. */
export async function poolsOf({ simulator, desks }: Stage, seed: number): Promise<Map<Desk, TrueInvoice[]>> {
  const pools = new Map<Desk, TrueInvoice[]>();
  for (const desk of desks) {
    const open = (await invoicesInXero(simulator, desk.tenantId)).filter(
      ({ type, status, amountDue }) =>
        type === "ACCREC" && status === "AUTHORISED" && amountDue >= LEAST && amountDue <= MOST,
    );
    pools.set(desk, shuffled(open, seed));
  }
  return pools;
}

const major = (minor: number) => (minor / 100).toFixed(2);
const isPaid = (page: string) => page.includes("Total paid");

/** As people do when a page does not come: they wait a moment and try once more. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const isCut = error instanceof TypeError || /: 50\d$/.test(String(error));
      if (!isCut || tries === TRIES) throw error;
      await new Promise((later) => setTimeout(later, 500 * tries));
    }
  }
}
