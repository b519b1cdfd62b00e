import { longText } from "#components/long-text.ts";
import { Table } from "#components/table.tsx";
import type { FirmContext } from "#lib/firms/authorise.ts";
import type { ReviewedOrder } from "#lib/orders/upload/review-upload.ts";
import { organisationAtXero } from "#lib/xero/organisations/deep-links.ts";
import { pageOfFault } from "../../fault-page.ts";
import { MendLink } from "../../mend-link.tsx";

type Props = {
  firm: FirmContext;
  books: { connectionId: string; shortCode: string };
  orders: ReviewedOrder[];
};

/** The most faults that are listed: the rest is told once these are mended. */
const MOST_FAULTS = 200;

/** What is wrong, each where it stands in the file, and where it is mended if not there. */
export function FileFaultsTable({ firm, books: { connectionId, shortCode }, orders }: Props) {
  const all = orders
    .flatMap(({ number, faults: ofOrder }) => ofOrder.map((fault) => ({ number, ...fault })))
    .toSorted((a, b) => a.row - b.row);
  if (all.length === 0) return null;
  const faults = all.slice(0, MOST_FAULTS);
  const atXero = organisationAtXero(shortCode);
  return (
    <Table
      caption={
        all.length > faults.length
          ? `What is wrong: the first ${MOST_FAULTS} of ${all.length}`
          : "What is wrong"
      }
      columns={[{ label: "Row" }, { label: "Column" }, { label: "Order" }, { label: "Fault" }]}
      rows={faults.map(({ number, row, column, message, code }) => {
        const page = code && pageOfFault(firm, { code, connectionId, atXero });
        return {
          key: `${row} ${column} ${message}`,
          cells: [
            `Row ${row}`,
            column ?? "—",
            <span key="number" className={longText(number)}>
              {number}
            </span>,
            <span key="fault" className="wrap-anywhere">
              {message}
              {page && (
                <span className="block">
                  <MendLink page={page} />
                </span>
              )}
            </span>,
          ],
        };
      })}
    />
  );
}
