import { Button } from "#components/forms/button.tsx";
import { Field } from "#components/forms/field.tsx";
import { Select } from "#components/forms/select.tsx";
import { ORDER_WORDS } from "#lib/evidence/order-words.ts";
import { ORDER_STATES } from "#lib/orders/order-state.ts";
import type { Filter } from "./filter.ts";

const STATES = ORDER_STATES.map((value) => ({ value, label: ORDER_WORDS[value].word }));

type FilterFormProps = {
  filter: Filter;
  sources: string[];
  organisations: { value: string; label: string }[];
};

/** A plain form whose answer is an address: it can be kept, sent, and gone back to. */
export function FilterForm({ filter, sources, organisations }: FilterFormProps) {
  const { find, state, source, organisation } = filter;
  return (
    <form className="grid gap-3" aria-label="Find orders">
      <div className="flex max-w-xl items-end gap-3">
        <div className="grow">
          <Field
            type="search"
            name="find"
            label="Find"
            hint="How the number begins, or how words of the buyer's name begin"
            defaultValue={find}
            maxLength={100}
          />
        </div>
        <Button kind="quiet">Find</Button>
      </div>
      <details open={[state, source, organisation].some((value) => value !== "")}>
        <summary className="w-fit py-2.5 text-accent">Filter</summary>
        <div className="grid max-w-4xl items-end gap-3 pt-1 pb-1 sm:grid-cols-2 lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
          <Select name="state" label="State" placeholder="Any" options={STATES} defaultValue={state} />
          <Select
            name="source"
            label="Source"
            placeholder="Any"
            options={[...new Set([...sources, source])]
              .filter(Boolean)
              .map((one) => ({ value: one, label: one }))}
            defaultValue={source}
          />
          {organisations.length > 1 && (
            <Select
              name="organisation"
              label="Organisation"
              placeholder="Any"
              options={organisations}
              defaultValue={organisation}
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
