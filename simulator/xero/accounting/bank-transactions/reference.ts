import { getSetting } from "../../../core/settings.ts";
import type { World } from "../../../core/types.ts";
import type { BankTransactionType } from "../../bank-model.ts";
import { isCredit, isPlain } from "./rules.ts";

/** Whether overpayments and prepayments keep the Reference they are sent: Xero documents that they don't. */
export const creditReferencesSetting = "xero.keepCreditReferences";
export const keepsCreditReferences = (world: World) => getSetting(world, creditReferencesSetting, false);

export function keepsReference(world: World, type: BankTransactionType): boolean {
  return isPlain(type) || (isCredit(type) && keepsCreditReferences(world));
}
