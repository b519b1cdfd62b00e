import type { ReactNode } from "react";

export type Column = {
  label: string;
  /** Numbers stand at the right. */
  numeric?: boolean;
  /** Sorting lives in the address: where a press leads, and how it is sorted now. */
  sort?: { href: string; now: "ascending" | "descending" | "none" };
};

export type Row = { key: string; cells: ReactNode[] };

type TableProps = { caption: string; columns: Column[]; rows: Row[]; captionHidden?: boolean };

const ARROW = { ascending: "↑", descending: "↓" };

/** One line a row; on a phone each row becomes a short list under its first cell, so that nothing hides at the side. */
export function Table({ caption, columns, rows, captionHidden = false }: TableProps) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: a browser forgets what a table is once its rows are drawn as blocks
    <table role="table" className="w-full border-collapse text-sm max-sm:block sm:wrap-normal">
      <caption className={captionHidden ? "sr-only" : "pb-2 text-left font-semibold text-base max-sm:block"}>
        {caption}
      </caption>
      <thead role="rowgroup" className="max-sm:hidden">
        <tr role="row" className="border-ink border-b">
          {columns.map((column) => (
            <Head key={column.label} column={column} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <tr
            key={row.key}
            role="row"
            className="border-line border-b align-top max-sm:block max-sm:py-3 sm:hover:bg-tint"
          >
            {columns.map((column, index) => (
              <td
                key={column.label}
                role="cell"
                className={`px-3 py-2 first:pl-0 last:pr-0 max-sm:flex max-sm:justify-between max-sm:gap-4 max-sm:px-0 max-sm:py-0.5 ${
                  index === 0 ? "max-sm:font-semibold max-sm:text-base" : "max-sm:text-right"
                } ${column.numeric ? "text-right" : ""}`}
              >
                {index > 0 && <span className="text-left text-muted sm:hidden">{column.label}</span>}
                <div className="min-w-0">{row.cells[index]}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: as above
  );
}

function Head({ column: { label, numeric, sort } }: { column: Column }) {
  return (
    <th
      scope="col"
      aria-sort={sort && sort.now !== "none" ? sort.now : undefined}
      className={`h-11 px-3 font-semibold first:pl-0 last:pr-0 ${numeric ? "text-right" : "text-left"}`}
    >
      {sort ? (
        <a
          href={sort.href}
          className="inline-flex min-h-11 items-center gap-1 text-ink no-underline hover:underline"
        >
          {label}
          {sort.now !== "none" && <span aria-hidden="true">{ARROW[sort.now]}</span>}
        </a>
      ) : (
        label
      )}
    </th>
  );
}
