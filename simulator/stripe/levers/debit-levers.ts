import { z } from "zod";
import { NotAllowed } from "../../control/input.ts";
import type { Route } from "../../core/types.ts";
import { failDebit, succeedDebit } from "../debits/answer.ts";
import { debitFailure, FAILURE_CODES } from "../debits/bank-accounts.ts";
import {
  awaitsMicrodeposits,
  failMicrodeposits,
  MICRODEPOSIT_FAILURES,
  verifyMicrodeposits,
} from "../debits/microdeposits.ts";
import { getIntent } from "../payments/intent.ts";
import { findPayment, lever } from "./lever.ts";

const debit = z.object({
  payment: z.string(),
  answer: z.enum(["succeeds", ...FAILURE_CODES]).default("succeeds"),
});

const microdeposits = z.object({
  payment: z.string(),
  answer: z.enum(["verified", ...MICRODEPOSIT_FAILURES]).default("verified"),
});

export const debitLevers: Route[] = [
  /** The payer's bank answers now, and so, whatever its test account is known to do. */
  lever("debit", debit, (world, { payment, answer }) => {
    const { account, intent } = findPayment(world, payment);
    if (intent.status !== "processing") throw new NotAllowed(`This payment is ${intent.status}`);
    if (answer === "succeeds") succeedDebit(world, account, intent.id);
    else failDebit(world, account, intent.id, debitFailure(answer));
    return getIntent(world, account, intent.id);
  }),
  /** What the payer, or the clock, makes of the two small deposits. */
  lever("microdeposits", microdeposits, (world, { payment, answer }) => {
    const { account, intent } = findPayment(world, payment);
    if (!awaitsMicrodeposits(intent)) throw new NotAllowed(`This payment is ${intent.status}`);
    if (answer === "verified") return verifyMicrodeposits(world, account, intent);
    return failMicrodeposits(world, account, intent, answer);
  }),
];
