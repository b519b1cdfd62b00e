import type { Route } from "../../core/types.ts";
import { type ApiHandler, api } from "../api.ts";
import { StripeRefusal } from "./errors.ts";

const refuse =
  (method: string): ApiHandler =>
  ({ path }) => {
    throw new StripeRefusal(404, {
      type: "invalid_request_error",
      message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    });
  };

/** What this simulator does not have yet says so in Stripe's own way. */
export const unknownRoutes: Route[] = (["GET", "POST", "DELETE"] as const).map((method) =>
  api(method, "/v1/*", refuse(method)),
);
