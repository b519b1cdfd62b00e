import type { Route } from "../core/types.ts";
import { accountRoutes } from "./account-api.ts";
import { balanceRoutes } from "./balance/balance-api.ts";
import { captureRoutes } from "./captures/capture-api.ts";
import { controlRoutes } from "./control.ts";
import { dashboardRoutes } from "./dashboard.ts";
import { microdepositRoutes } from "./debits/microdeposit-api.ts";
import { disputeRoutes } from "./disputes/dispute-api.ts";
import { endpointRoutes } from "./events/endpoint-api.ts";
import { eventRoutes } from "./events/event-api.ts";
import { microdepositPageRoutes } from "./hosted/microdeposit-page.ts";
import { payRoutes } from "./hosted/pay-routes.ts";
import { receiptRoutes } from "./hosted/receipt-page.ts";
import { paymentRoutes } from "./payments/payment-api.ts";
import { payoutRoutes } from "./payouts/payout-api.ts";
import { refundRoutes } from "./refunds/refund-api.ts";
import { sessionRoutes } from "./sessions/session-api.ts";
import { unknownRoutes } from "./wire/unknown-url.ts";

export { seedStripe } from "./seed.ts";
export { initStripe } from "./tables.ts";
export { startStripeTimers } from "./timers.ts";

export const stripeRoutes: Route[] = [
  ...accountRoutes,
  ...sessionRoutes,
  ...paymentRoutes,
  ...captureRoutes,
  ...microdepositRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...balanceRoutes,
  ...payoutRoutes,
  ...endpointRoutes,
  ...eventRoutes,
  ...unknownRoutes,
  ...payRoutes,
  ...microdepositPageRoutes,
  ...receiptRoutes,
  ...dashboardRoutes,
  ...controlRoutes,
];
