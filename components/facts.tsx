import type { ReactNode } from "react";

export type Fact = { label: string; value: ReactNode; note?: ReactNode };

/** Names and what they stand for, a hairline between: a connection's story, a payment's particulars. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="border-line border-t">
      {facts.map(({ label, value, note }) => (
        <div
          key={label}
          className="grid grid-cols-[minmax(6.5rem,2fr)_5fr] gap-x-4 border-line border-b py-2.5 sm:gap-x-6"
        >
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0">
            {value}
            {note && <div className="text-muted text-sm">{note}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
