/** GET /BrandingThemes and their payment services (xero-platform.md 3.11). */
import { elements, readBody, text } from "../body.ts";
import { type Call, type Endpoint, envelope } from "../call.ts";
import { invalid, notFound } from "../errors.ts";
import type { BrandingTheme, PaymentService } from "../model.ts";
import { brandingThemes, paymentServices } from "../store/books.ts";
import { instant, type Wire } from "../wire.ts";
import { servicesOf, serviceToWire } from "./payment-services.ts";

export const brandingThemeEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/BrandingThemes",
    scopes: ["accounting.settings"],
    handler: (call) =>
      envelope(call, { BrandingThemes: brandingThemes.list(call, { order: "amount, id" }).map(toWire) }),
  },
  {
    method: "GET",
    pattern: "/BrandingThemes/:id",
    scopes: ["accounting.settings"],
    handler: (call) => envelope(call, { BrandingThemes: [toWire(required(call))] }),
  },
  {
    method: "GET",
    pattern: "/BrandingThemes/:id/PaymentServices",
    scopes: ["paymentservices"],
    handler: (call) =>
      envelope(call, { PaymentServices: servicesOf(call, required(call).id).map(serviceToWire) }),
  },
  {
    method: "POST",
    pattern: "/BrandingThemes/:id/PaymentServices",
    scopes: ["paymentservices"],
    handler(call) {
      const theme = required(call);
      const attached = elements(readBody(call.req.raw), "PaymentServices").map((body) => {
        const service = paymentServices.get(call, text(body, "PaymentServiceID") ?? "");
        if (!service)
          throw invalid([{ ValidationErrors: [{ Message: "Payment service could not be found" }] }]);
        return attach(call, service, theme);
      });
      return envelope(call, { PaymentServices: attached.map(serviceToWire) });
    },
  },
];

function attach(call: Call, service: PaymentService, { id }: BrandingTheme): PaymentService {
  return paymentServices.put(call, { ...service, themeIds: [...new Set([...service.themeIds, id])] });
}

function required(call: Call): BrandingTheme {
  const theme = brandingThemes.get(call, call.params.id ?? "");
  if (!theme) throw notFound();
  return theme;
}

function toWire({ id, name, sortOrder, logoUrl, createdAt }: BrandingTheme): Wire {
  return {
    BrandingThemeID: id,
    Name: name,
    ...(logoUrl && { LogoUrl: logoUrl }),
    Type: "INVOICE",
    SortOrder: sortOrder,
    CreatedDateUTC: instant(createdAt),
  };
}
