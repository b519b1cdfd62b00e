"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { sendChoice } from "../../actions.ts";

type ChoiceFormProps = { place: Place; flowId: string; offered: { tenantId: string; name: string }[] };

/** None is chosen beforehand: nothing is guessed. */
export function ChoiceForm({ place, flowId, offered }: ChoiceFormProps) {
  const { form, faults } = useActionForm(sendChoice, place);
  return (
    <form {...form} className="grid max-w-xl gap-5">
      <ErrorSummary errors={faults} />
      <input type="hidden" name="flowId" value={flowId} />
      <fieldset className="grid border-line border-t">
        <legend className="sr-only">Organisation</legend>
        {offered.map(({ tenantId, name }, index) => (
          <label
            key={tenantId}
            className="flex min-h-12 cursor-pointer items-center gap-3 border-line border-b py-2.5"
          >
            <input
              type="radio"
              id={index === 0 ? "tenantId" : undefined}
              name="tenantId"
              value={tenantId}
              required
              className="size-5 accent-accent"
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <div>
        <SubmitButton pending="Connecting">Connect this organisation</SubmitButton>
      </div>
    </form>
  );
}
