import { z } from "zod";
import { NotAllowed } from "../../control/input.ts";
import type { Route } from "../../core/types.ts";
import { failDebit, succeedDebit } from "../debits/answer.ts";
import { debitFailure, FAILURE_CODES } from "../debits/bank-accounts.ts";
import { getIntent } from "../payments/intent.ts";
import { findPayment, lever } from "./lever.ts";

const shape = z.object({
  payment: z.string(),
  answer: z.enum(["succeeds", ...FAILURE_CODES]).default("succeeds"),
});

/** The payer's bank answers now, and so, whatever its test account is known to do. */
export const debitLever: Route = lever("debit", shape, (world, { payment, answer }) => {
  const { account, intent } = findPayment(world, payment);
  if (intent.status !== "processing") throw new NotAllowed(`This payment is ${intent.status}`);
  if (answer === "succeeds") succeedDebit(world, account, intent.id);
  else failDebit(world, account, intent.id, debitFailure(answer));
  return getIntent(world, account, intent.id);
});
