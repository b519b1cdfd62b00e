import { getSetting, setSetting } from "../core/settings.ts";
import type { World } from "../core/types.ts";
import type { Account } from "./accounts.ts";
import { invalid } from "./wire/errors.ts";

const setting = (shownId: string) => `stripe.notActivated.${shownId}`;

/** A merchant who has not finished Stripe's questions, or whose account Stripe has closed. */
export const setActivated = (world: World, shownId: string, activated: boolean): void =>
  setSetting(world, setting(shownId), !activated);

export const isActivated = (world: World, { shownId }: Account): boolean =>
  !getSetting(world, setting(shownId), false);

/** Test mode works without activation ("can only make test charges"): DOC error-codes, testmode_charges_only. */
export function insistOnCharges(world: World, account: Account): void {
  if (!account.livemode || isActivated(world, account)) return;
  throw invalid(
    "Your account cannot currently make live charges. If you are a customer trying to make a purchase, please contact the owner of this site. Your transaction has not been processed.",
    "testmode_charges_only",
  );
}
