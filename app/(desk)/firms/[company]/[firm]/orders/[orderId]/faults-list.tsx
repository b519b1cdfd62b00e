import type { FirmContext } from "#lib/firms/authorise.ts";
import { ORDER_FAULTS, type OrderFault } from "#lib/orders/faults.ts";
import { pointerInWords } from "#lib/orders/staff/pointer-words.ts";
import { organisationAtXero } from "#lib/xero/organisations/deep-links.ts";
import { pageOfFault } from "../fault-page.ts";
import { MendLink } from "../mend-link.tsx";

type FaultsListProps = {
  firm: FirmContext;
  books: { connectionId: string; shortCode: string };
  faults: OrderFault[];
};

/** All that keeps an order from Xero: what, where, and how it is mended. */
export function FaultsList({ firm, books: { connectionId, shortCode }, faults }: FaultsListProps) {
  const orders = `/firms/${firm.companySlug}/${firm.firmSlug}/orders`;
  return (
    <ul className="border-line border-t">
      {faults.map(({ code, pointer, detail, orderId }) => {
        const { title, fix } = ORDER_FAULTS[code];
        const page = pageOfFault(firm, { code, connectionId, atXero: organisationAtXero(shortCode) });
        return (
          <li key={`${code} ${pointer}`} className="grid gap-1 border-line border-b py-3">
            <p className="font-semibold">{title}</p>
            <p className="wrap-anywhere">
              {detail} <span className="text-muted">At: {pointerInWords(pointer)}.</span>
            </p>
            <p className="text-muted text-sm">{fix}</p>
            {(orderId || page) && (
              <p className="flex flex-wrap gap-x-6">
                {orderId && (
                  <MendLink
                    page={{ href: `${orders}/${orderId}`, label: "Open that order", isAtXero: false }}
                  />
                )}
                {page && <MendLink page={page} />}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
