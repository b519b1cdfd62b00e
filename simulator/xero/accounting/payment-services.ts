/** The API twin of Settings → Online payments: no update, no delete, a restricted scope (xero-platform.md 3.11). */
import { randomUUID } from "node:crypto";
import { text } from "../body.ts";
import { type Endpoint, envelope } from "../call.ts";
import type { PaymentService } from "../model.ts";
import { faultsOfPaymentUrl } from "../payment-url.ts";
import { paymentServices } from "../store/books.ts";
import type { Scope } from "../store/rows.ts";
import type { Wire } from "../wire.ts";
import { demand, writeAll } from "./write.ts";

export const paymentServiceEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/PaymentServices",
    scopes: ["paymentservices"],
    handler: (call) => envelope(call, { PaymentServices: paymentServices.list(call).map(serviceToWire) }),
  },
  {
    method: "PUT",
    pattern: "/PaymentServices",
    scopes: ["paymentservices"],
    handler: (call) =>
      writeAll(call, {
        name: "PaymentServices",
        idName: "PaymentServiceID",
        write(body) {
          const [name, url] = [text(body, "PaymentServiceName") ?? "", text(body, "PaymentServiceUrl") ?? ""];
          demand([...(name ? [] : ["Payment service name must be specified"]), ...faultsOfPaymentUrl(url)]);
          const payNowText = text(body, "PayNowText") ?? "Pay now";
          return serviceToWire(
            paymentServices.put(call, { id: randomUUID(), name, url, payNowText, themeIds: [] }),
          );
        },
      }),
  },
];

/** The payment services attached to a branding theme; the page shows the first as its button. */
export function servicesOf(scope: Scope, themeId: string): PaymentService[] {
  return paymentServices.list(scope).filter(({ themeIds }) => themeIds.includes(themeId));
}

export function serviceToWire({ id, name, url, payNowText }: PaymentService): Wire {
  return {
    PaymentServiceID: id,
    PaymentServiceName: name,
    PaymentServiceUrl: url,
    PayNowText: payNowText,
    PaymentServiceType: "Custom",
  };
}
