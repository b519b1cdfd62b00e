import { SubmitButton } from "../submit-button.tsx";
import { HiddenFields } from "./hidden-fields.tsx";
import type { Hidden } from "./types.ts";

export type GateProps = {
  kind: "offer-code";
  firmName: string;
  /** "b•••@bayside.example"; null where even that would tell too much. */
  maskedEmail: string | null;
  action: string;
  hidden: Hidden;
};

/** Offers the contact's other invoices to whoever can read the contact's mail. */
export function Gate({ firmName, maskedEmail, action, hidden }: GateProps) {
  return (
    <section aria-labelledby="gate-title" className="grid gap-2 border-line border-t pt-6">
      <h2 id="gate-title" className="font-semibold">
        Any other invoices?
      </h2>
      <p className="text-muted">
        To see whether more is outstanding, have a code sent to{" "}
        {maskedEmail ?? `the e-mail address that ${firmName} holds for you`}.
      </p>
      <form method="post" action={action} className="mt-1">
        <HiddenFields fields={hidden} />
        <SubmitButton kind="quiet" pending="Sending the code">
          E-mail me a code
        </SubmitButton>
      </form>
    </section>
  );
}
