import { z } from "zod";
import { NotAllowed } from "../../control/input.ts";
import { setSetting } from "../../core/settings.ts";
import type { Route } from "../../core/types.ts";
import { refusalSetting } from "../captures/refusal-setting.ts";
import { findPayment, lever } from "./lever.ts";

const shape = z.object({ payment: z.string(), declineCode: z.string().default("generic_decline") });

/** The bank will decline the next capture of a payment that is authorised. */
export const captureLever: Route = lever("decline-capture", shape, (world, { payment, declineCode }) => {
  const { intent } = findPayment(world, payment);
  if (intent.status !== "requires_capture") throw new NotAllowed(`This payment is ${intent.status}`);
  const decline = { code: "card_declined", decline_code: declineCode, message: "Your card was declined." };
  setSetting(world, refusalSetting(intent.id), decline);
});
