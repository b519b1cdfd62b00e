import { ErrorSummary } from "../error-summary.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { HiddenFields } from "./hidden-fields.tsx";
import type { Hidden } from "./types.ts";

type CodeRequestViewProps = {
  firmName: string;
  maskedEmail: string | null;
  error: string | null;
  action: string;
  hidden: Hidden;
  backHref: string;
};

/** Before the code: where it will go. It reads the same whether or not there is an address to send it to. */
export function CodeRequestView({
  firmName,
  maskedEmail,
  error,
  action,
  hidden,
  backHref,
}: CodeRequestViewProps) {
  return (
    <div className="grid gap-6">
      {error && <ErrorSummary title="Not yet" errors={[{ field: null, message: error }]} />}
      <div className="grid gap-2">
        <h1 className="font-semibold text-xl tracking-tight">See all your invoices</h1>
        <p>
          We send a six-digit code to {maskedEmail ?? `the e-mail address that ${firmName} holds for you`}.
          With it, all your outstanding invoices are shown here.
        </p>
      </div>
      <form method="post" action={action} className="grid gap-3">
        <HiddenFields fields={hidden} />
        <SubmitButton pending="Sending the code" wide>
          E-mail me a code
        </SubmitButton>
      </form>
      <p>
        <a href={backHref} className="-my-2.5 inline-flex min-h-11 items-center">
          Back without a code
        </a>
      </p>
    </div>
  );
}
