import type Stripe from "stripe";
import { z } from "zod";
import { NotAllowed, number, yes } from "../../control/input.ts";
import type { Route } from "../../core/types.ts";
import { ACCOUNTS } from "../accounts.ts";
import { insertEntry } from "../balance/entry.ts";
import { setFeeTax } from "../balance/fee-tax.ts";
import { getObject } from "../objects.ts";
import { failPayout, PAYOUT_FAILURES, payoutArrives } from "../payouts/arrive.ts";
import { payOutAvailable, setDaily } from "../payouts/automatic.ts";
import { find, lever } from "./lever.ts";

const account = z.enum(ACCOUNTS.map(({ id }) => id));
const payout = z.object({ account, reconciled: yes.default(true) });
const answer = z.object({ payout: z.string(), answer: z.enum(["paid", ...PAYOUT_FAILURES]).default("paid") });
const daily = z.object({ account, daily: yes });
const entry = z.object({
  account,
  type: z.enum(["stripe_fee", "tax_fee", "adjustment", "reserve_hold", "reserve_release"]),
  amount: number.int().refine((value) => value !== 0),
  description: z.string().optional(),
});

const feeTax = z.object({ account, percent: number.min(0).max(100), name: z.string().default("GST") });

/** By DOC reports/reporting-categories. */
const KINDS = {
  stripe_fee: { category: "fee", words: "Billing - Usage Fee" },
  tax_fee: { category: "tax", words: "Tax on Stripe fees" },
  adjustment: { category: "other_adjustment", words: "Adjustment" },
  reserve_hold: { category: "risk_reserved_funds", words: "Reserve hold" },
  reserve_release: { category: "risk_reserved_funds", words: "Reserve release" },
};

export const payoutLevers: Route[] = [
  /** Now, of all that is available; `reconciled: false` leaves its transactions unlisted until it arrives. */
  lever("payout", payout, (world, asked) => {
    const made = payOutAvailable(world, asked.account, asked.reconciled);
    if (!made) throw new NotAllowed("Nothing is available");
    return made;
  }),
  /** The bank's answer, now. A payout that was paid may still fail. */
  lever("payout-answer", answer, (world, asked) => {
    const { account, object } = find<Stripe.Payout>(world, "payout", asked.payout);
    const open = object.status === "in_transit" || (object.status === "paid" && asked.answer !== "paid");
    if (!open) throw new NotAllowed(`This payout is ${object.status}`);
    if (asked.answer !== "paid") return failPayout(world, account, object, asked.answer);
    payoutArrives(world, account, object.id);
    return getObject<Stripe.Payout>(world, account, "payout", object.id);
  }),
  lever("payout-schedule", daily, (world, asked) => setDaily(world, asked.account, asked.daily)),
  lever("fee-tax", feeTax, (world, { account, ...tax }) => setFeeTax(world, account, tax)),
  /** What belongs to no payment: a fee, its tax, a correction, or a reserve that is held (negative) and released (positive). */
  lever("balance-entry", entry, (world, { account, type, amount, description }) => {
    if (type === "reserve_hold" ? amount > 0 : type === "reserve_release" && amount < 0)
      throw new NotAllowed("What is held is negative, and positive once it is released");
    const { category, words } = KINDS[type];
    const source = null;
    return insertEntry(world, account, { type, category, source, amount, description: description ?? words });
  }),
];
