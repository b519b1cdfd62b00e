import type { ReactNode } from "react";
import { buttonClass } from "./button-class.ts";
import { SubmitButton } from "./submit-button.tsx";

type ConfirmFormProps = {
  /** A route that takes a plain post, or a server action. */
  action: string | ((form: FormData) => void | Promise<void>);
  /** On the closed button: "Disconnect". */
  ask: string;
  /** What will happen, and what will not; fields may stand here too. */
  children: ReactNode;
  /** The verb again, on the button that does it. */
  confirm: string;
  /** While it runs: "Disconnecting". */
  pending: string;
  hidden?: Record<string, string>;
};

/** Asks before it does what can't be undone: the first press opens the question, the second acts. Needs no JavaScript. */
export function ConfirmForm({ action, ask, children, confirm, pending, hidden = {} }: ConfirmFormProps) {
  return (
    <details className="group">
      <summary className={`plain ${buttonClass("danger")} group-open:mb-4`}>{ask}</summary>
      <form
        action={action}
        method={typeof action === "string" ? "post" : undefined}
        className="grid max-w-xl justify-items-start gap-4 border-danger border-l-4 py-1 pl-4"
      >
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="grid gap-2">{children}</div>
        <SubmitButton kind="danger" pending={pending}>
          {confirm}
        </SubmitButton>
      </form>
    </details>
  );
}
