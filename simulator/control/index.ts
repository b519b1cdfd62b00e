/** Everything that is not part of the outside world but moves it: see README.md. */
import { json } from "../core/reply.ts";
import type { Route } from "../core/types.ts";
import { faultRoutes } from "./faults.ts";
import { newOrganisationRoutes } from "./new-organisation.ts";
import { controlPage } from "./page.ts";
import { simulatorRoutes } from "./simulator.ts";
import { accountBalanceRoute } from "./xero-account-balance.ts";
import { bankLeverRoutes } from "./xero-bank-levers.ts";
import { bookRoutes } from "./xero-books.ts";
import { creditLeverRoutes } from "./xero-credit-levers.ts";
import { invoiceLeverRoutes } from "./xero-invoice-levers.ts";
import { leverRoutes } from "./xero-levers.ts";
import { orderLeverRoutes } from "./xero-order-levers.ts";
import { xeroSettingRoutes } from "./xero-settings.ts";
import { setupLeverRoutes } from "./xero-setup-levers.ts";

export const controlRoutes: Route[] = [
  { method: "GET", pattern: "/control/health", handler: () => json({ status: "ok" }) },
  { method: "GET", pattern: "/", handler: controlPage },
  { method: "GET", pattern: "/control", handler: controlPage },
  ...simulatorRoutes,
  ...faultRoutes,
  ...leverRoutes,
  ...invoiceLeverRoutes,
  ...newOrganisationRoutes,
  ...creditLeverRoutes,
  ...bankLeverRoutes,
  ...setupLeverRoutes,
  ...orderLeverRoutes,
  ...bookRoutes,
  accountBalanceRoute,
  ...xeroSettingRoutes,
];
