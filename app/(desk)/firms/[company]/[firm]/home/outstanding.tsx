import { Section } from "#components/section.tsx";
import { Table } from "#components/table.tsx";
import { formatMoney, sumOf } from "#lib/core/money/money.ts";
import { AGES, type Age } from "#lib/mirror/read.ts";
import type { Home } from "../load-home.ts";

const AGE_WORDS: Record<Age, string> = {
  not_due: "Not due yet",
  to_30: "1–30 days overdue",
  to_60: "31–60 days overdue",
  to_90: "61–90 days overdue",
  over_90: "More than 90 days overdue",
};

/** What customers owe by how long it has been due, a column a currency. */
export function Outstanding({ home }: { home: Home }) {
  const { owed, where } = home;
  const currencies = [...new Set(owed.map(({ currency }) => currency))].sort((a, b) =>
    a === where.currency ? -1 : b === where.currency ? 1 : a < b ? -1 : 1,
  );
  const ofAge = (age: Age | null) => (age ? owed.filter((row) => row.age === age) : owed);
  const rows = [...AGES, null].map((age) => ({
    key: age ?? "all",
    cells: [
      age ? AGE_WORDS[age] : <strong key="label">In all</strong>,
      ofAge(age).reduce((count, row) => count + row.count, 0),
      ...currencies.map((currency) => {
        const due = ofAge(age).filter((row) => row.currency === currency);
        const text =
          due.length > 0 ? formatMoney({ minor: sumOf(due.map((row) => row.minor)), currency }) : "—";
        return age ? text : <strong key={currency}>{text}</strong>;
      }),
    ],
  }));
  return (
    <Section
      id="outstanding"
      title="What is still owed?"
      intro={<p>Amounts due on approved sales invoices, as Xero has them.</p>}
    >
      {owed.length === 0 ? (
        <p className="text-muted">Nothing that we know of.</p>
      ) : (
        <Table
          caption="Outstanding by age"
          captionHidden
          columns={[
            { label: "Age" },
            { label: "Invoices", numeric: true },
            ...currencies.map((currency) => ({ label: currency, numeric: true })),
          ]}
          rows={rows}
        />
      )}
    </Section>
  );
}
