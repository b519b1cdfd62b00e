import type { FirmContext } from "#lib/firms/authorise.ts";
import { may } from "#lib/firms/rules.ts";
import type { OrderFaultCode } from "#lib/orders/faults.ts";

type Page = "orders" | "currencies" | "mapping" | "migrate" | "xero";

/** Where what is wrong is mended; what only the sender can mend, or is mended on the order's own page, is not here. */
const PAGES: Partial<Record<OrderFaultCode, Page>> = {
  "orders-not-set-up": "orders",
  "rounding-unmapped": "orders",
  "cost-account-unset": "orders",
  "payments-need-authorised": "orders",
  "email-needs-authorised": "orders",
  "cash-customer-unset": "orders",
  "supplier-unset": "orders",
  "date-locked": "orders",
  "number-taken": "orders",
  "number-unusable": "orders",
  "kind-unmapped": "mapping",
  "tender-unmapped": "mapping",
  "account-unknown": "mapping",
  "account-archived": "mapping",
  "account-unsuitable": "mapping",
  "tax-unknown": "mapping",
  "tax-unsuitable": "mapping",
  "tax-differs": "mapping",
  "item-unknown": "mapping",
  "tracking-unknown": "mapping",
  "contact-unknown": "migrate",
  "contact-archived": "xero",
  "currency-not-subscribed": "currencies",
};

export type PageOfFault = { href: string; label: string; isAtXero: boolean };

/** The page where this person can mend it; null for none that they may open. `atXero` opens the organisation there. */
export function pageOfFault(
  firm: FirmContext,
  { code, connectionId, atXero }: { code: OrderFaultCode; connectionId: string; atXero: string },
): PageOfFault | null {
  const page = PAGES[code];
  const home = `/firms/${firm.companySlug}/${firm.firmSlug}`;
  const query = `?organisation=${connectionId}`;
  switch (page) {
    case "orders":
      return here(may(firm, "settings"), `${home}/settings/orders${query}`, "Open Settings → Orders");
    case "currencies":
      return here(
        may(firm, "settings"),
        `${home}/settings/orders${query}#currencies`,
        "Open Settings → Orders",
      );
    case "mapping":
      return here(may(firm, "settings"), `${home}/settings/mapping${query}`, "Open Settings → Mapping");
    case "migrate":
      return here(may(firm, "connect"), `${home}/connections/migrate`, "Open Connections → Migrate");
    case "xero":
      return { href: atXero, label: "Open Xero", isAtXero: true };
    default:
      return null;
  }
}

function here(isAllowed: boolean, href: string, label: string): PageOfFault | null {
  return isAllowed ? { href, label, isAtXero: false } : null;
}
