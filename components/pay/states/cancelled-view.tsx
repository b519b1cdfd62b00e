import { ButtonLink } from "../../forms/button.tsx";
import { Message } from "./message.tsx";

/** The payer came back from the processor's page without paying. */
export function CancelledView({ tryAgainHref, backHref }: { tryAgainHref: string; backHref: string }) {
  return (
    <Message
      title="You came back without paying"
      actions={
        <>
          <ButtonLink href={tryAgainHref} wide>
            Continue to payment
          </ButtonLink>
          <ButtonLink href={backHref} kind="quiet" wide>
            Back to the invoices
          </ButtonLink>
        </>
      }
    >
      <p className="font-semibold">Nothing was charged.</p>
    </Message>
  );
}
