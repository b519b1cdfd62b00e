import { Table } from "#components/table.tsx";
import type { Compared } from "./compare.ts";

type ComparedTableProps = {
  caption: string;
  /** Over what Xero has: "In Xero", "Would be in Xero"; null where it has nothing. */
  there: string | null;
  rows: Compared[];
};

/** What was sent beside what Xero has, or would have. */
export function ComparedTable({ caption, there, rows }: ComparedTableProps) {
  return (
    <Table
      caption={caption}
      columns={[{ label: "What" }, { label: "Sent" }, ...(there === null ? [] : [{ label: there }])]}
      rows={rows.map(({ key, label, sent, xero }) => ({
        key,
        cells: [
          <span key="what" className="whitespace-nowrap">
            {label}
          </span>,
          <Said key="sent" lines={sent} />,
          <Said key="xero" lines={xero} />,
        ],
      }))}
    />
  );
}

function Said({ lines: [first, ...more] }: { lines: string[] }) {
  return (
    <span className="wrap-anywhere">
      {first}
      {more.map((line) => (
        <span key={line} className="block text-muted">
          {line}
        </span>
      ))}
    </span>
  );
}
