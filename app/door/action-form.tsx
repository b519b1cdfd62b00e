"use client";

import { type ComponentProps, createContext, type ReactNode, useContext } from "react";
import type { ButtonKind } from "#components/forms/button-class.ts";
import { Checkbox } from "#components/forms/checkbox.tsx";
import { Field } from "#components/forms/field.tsx";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { Notice } from "#components/notice.tsx";
import type { Place } from "./action.ts";
import type { ActionState } from "./action-state.ts";
import { useActionForm } from "./use-action-form.ts";

type Answered = Pick<ReturnType<typeof useActionForm>, "state" | "errorAt" | "typed">;
const Answer = createContext<Answered | null>(null);

/** What the form around said last: the error at a field, and what was typed or is kept. For a field of its own shape. */
export function useAnswer(): Answered {
  const answer = useContext(Answer);
  if (!answer) throw new Error("A field of an ActionForm stands outside one");
  return answer;
}

type ActionFormProps = {
  send: (place: Place, before: ActionState, form: FormData) => Promise<ActionState>;
  /** As the page handed it down: see useActionForm. */
  place: Place;
  /** Sent along, unseen. */
  hidden?: Record<string, string>;
  button: string;
  /** What is happening while it runs: "Saving". */
  pending: string;
  kind?: ButtonKind;
  /** Left out for a form that is one button. */
  children?: ReactNode;
  /** What stands beside the button. */
  beside?: ReactNode;
  /** Words by which it is opened, for who wants it; once it was sent it stays open. */
  opens?: string | undefined;
};

/** A staff form with one server action: its answer on top, its fields, its button. Works without JavaScript. */
export function ActionForm(props: ActionFormProps) {
  const { send, place, hidden = {}, button, pending, kind = "primary", children, beside, opens } = props;
  const { form, ...answer } = useActionForm(send, place);
  const body = (
    <form {...form} className={`grid max-w-xl gap-4 ${opens ? "pt-2" : ""}`}>
      <FormAnswer state={answer.state} />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <div className="flex flex-wrap gap-3">
        <SubmitButton kind={kind} pending={pending}>
          {button}
        </SubmitButton>
        {beside}
      </div>
    </form>
  );
  return <Answer value={answer}>{opens ? folded(opens, answer, body) : body}</Answer>;
}

function folded(opens: string, { state }: Answered, body: ReactNode) {
  return (
    <details open={state.status !== "idle"}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
        {opens}
      </summary>
      {body}
    </details>
  );
}

/** What a form said last. Faults at fields are told there. */
export function FormAnswer({ state }: { state: ActionState }) {
  if (state.status === "idle") return null;
  return <Notice tone={state.status === "ok" ? "ok" : "danger"}>{state.message}</Notice>;
}

type Kept<Props> = Omit<Props, "error" | "defaultValue"> & {
  /** What is on file: shown until something else was typed. */
  kept?: string | undefined;
};

/** A Field whose error and text come from the form's answer. */
export function FormField({ kept, ...field }: Kept<ComponentProps<typeof Field>>) {
  const { errorAt, typed } = useAnswer();
  const error = errorAt(field.name);
  if (field.type === "password") return <Field {...field} type="password" error={error} />;
  return <Field {...field} type={field.type} defaultValue={typed(field.name, kept)} error={error} />;
}

/** The same of a Select. */
export function FormSelect({ kept, ...select }: Kept<ComponentProps<typeof Select>>) {
  const { errorAt, typed } = useAnswer();
  return <Select {...select} defaultValue={typed(select.name, kept)} error={errorAt(select.name)} />;
}

/** The same of a TextArea. */
export function FormTextArea({ kept, ...area }: Kept<ComponentProps<typeof TextArea>>) {
  const { errorAt, typed } = useAnswer();
  return <TextArea {...area} defaultValue={typed(area.name, kept)} error={errorAt(area.name)} />;
}

type FormCheckboxProps = Omit<ComponentProps<typeof Checkbox>, "error" | "defaultChecked"> & {
  isKept?: boolean;
};

/** The same of a Checkbox: after an error as it was sent. */
export function FormCheckbox({ isKept = false, ...checkbox }: FormCheckboxProps) {
  const { state, errorAt } = useAnswer();
  const isTicked = state.status === "error" ? checkbox.name in state.values : isKept;
  return <Checkbox {...checkbox} defaultChecked={isTicked} error={errorAt(checkbox.name)} />;
}
