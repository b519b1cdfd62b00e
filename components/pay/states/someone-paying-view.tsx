import { ButtonLink } from "../../button.tsx";
import { Message } from "./message.tsx";

type SomeonePayingViewProps = {
  /** Where this payer's own unfinished payment goes on; null when it is somebody else's, or not known to be theirs. */
  continueHref: string | null;
  /** Looks whether the invoices are free again. */
  retryHref: string;
};

/** A payment of the chosen invoices is open elsewhere: another tab, or another person. */
export function SomeonePayingView({ continueHref, retryHref }: SomeonePayingViewProps) {
  return (
    <Message
      title="A payment is being made now"
      actions={
        <>
          {continueHref && (
            <ButtonLink href={continueHref} wide>
              Continue your payment
            </ButtonLink>
          )}
          <ButtonLink href={retryHref} kind={continueHref ? "quiet" : "primary"} wide>
            Look again
          </ButtonLink>
        </>
      }
    >
      <p>
        {continueHref
          ? "You have begun to pay these invoices, perhaps in another tab. Continue there, or here."
          : "Somebody has begun to pay these invoices. If it was you, finish in the tab where you began; otherwise look again in a few minutes."}
      </p>
      <p>Nothing is charged twice.</p>
    </Message>
  );
}
