import { Button } from "#components/forms/button.tsx";
import { Field } from "#components/forms/field.tsx";
import { Select } from "#components/forms/select.tsx";
import { STANDING_WORDS } from "#lib/evidence/standing-words.ts";
import { STANDINGS } from "#lib/payments/read.ts";
import type { Filter } from "./filter.ts";

const STATES = STANDINGS.map((value) => ({ value, label: STANDING_WORDS[value].word }));

/** A plain form whose answer is an address: it can be kept, sent, and gone back to. */
export function FilterForm({ filter, currencies }: { filter: Filter; currencies: string[] }) {
  const { find, ...rest } = filter;
  return (
    <form className="grid gap-3" aria-label="Find payments">
      <div className="flex max-w-xl items-end gap-3">
        <div className="grow">
          <Field
            type="search"
            name="find"
            label="Find"
            hint="Invoice number, payer, e-mail, reference or amount"
            defaultValue={find}
            maxLength={100}
          />
        </div>
        <Button kind="quiet">Find</Button>
      </div>
      <details open={Object.values(rest).some((value) => value !== "")}>
        <summary className="w-fit py-2.5 text-accent">Filter</summary>
        <div className="grid max-w-4xl items-end gap-3 pt-1 pb-1 sm:grid-cols-2 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
          <Select
            name="state"
            label="In Xero"
            placeholder="Any"
            options={STATES}
            defaultValue={filter.state}
          />
          <Field type="date" name="from" label="Paid from" defaultValue={filter.from} />
          <Field type="date" name="to" label="Paid until" defaultValue={filter.to} />
          {(currencies.length > 1 || filter.currency) && (
            <Select
              name="currency"
              label="Currency"
              placeholder="Any"
              options={[...new Set([...currencies, filter.currency])]
                .filter(Boolean)
                .map((code) => ({ value: code, label: code }))}
              defaultValue={filter.currency}
            />
          )}
          <div>
            <Button kind="quiet">Apply</Button>
          </div>
        </div>
      </details>
    </form>
  );
}
