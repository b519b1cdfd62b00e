import { z } from "zod";
import { NotThere, number, yes } from "../../control/input.ts";
import { setSetting } from "../../core/settings.ts";
import type { Route } from "../../core/types.ts";
import { expireKey, SHOWN_IDS } from "../accounts.ts";
import { setActivated } from "../activation.ts";
import { SKEW } from "../clock.ts";
import { lever } from "./lever.ts";

const key = z.object({ key: z.string(), expired: yes.default(true) });
const account = z.object({ account: z.enum(SHOWN_IDS), activated: yes });
const skew = z.object({ seconds: number.int() });

export const accountLevers: Route[] = [
  /** Rolled or revoked in Stripe's dashboard; `expired: false` takes it back, as nobody can there. */
  lever("key", key, (world, asked) => {
    if (!expireKey(world, asked.key, asked.expired)) throw new NotThere("No account has this key");
  }),
  /** Whether Stripe lets the merchant charge in live mode; both modes show it as `charges_enabled`. */
  lever("account", account, (world, asked) => setActivated(world, asked.account, asked.activated)),
  /** How far Stripe's clock is ahead of everyone else's; behind when negative. */
  lever("clock-skew", skew, (world, { seconds }) => setSetting(world, SKEW, seconds)),
];
