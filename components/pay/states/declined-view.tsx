import { ButtonLink } from "../../button.tsx";
import { Message } from "./message.tsx";

type DeclinedViewProps = {
  /** The bank's reason in plain words: "The card has expired." */
  reason: string | null;
  tryAgainHref: string;
  backHref: string;
};

export function DeclinedView({ reason, tryAgainHref, backHref }: DeclinedViewProps) {
  return (
    <Message
      title="The card was declined"
      actions={
        <>
          <ButtonLink href={tryAgainHref} wide>
            Try another card
          </ButtonLink>
          <ButtonLink href={backHref} kind="quiet" wide>
            Back to the invoices
          </ButtonLink>
        </>
      }
    >
      <p className="font-semibold">Nothing was charged.</p>
      <p>{reason ? `${reason} ` : "The bank gave no reason. "}Try another card.</p>
    </Message>
  );
}
