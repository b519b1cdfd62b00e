import { ButtonLink } from "../../forms/button.tsx";
import { ErrorSummary } from "../../forms/error-summary.tsx";
import { HiddenFields } from "../hidden-fields.tsx";
import { PayButton } from "../pay-button.tsx";
import type { Hidden } from "../types.ts";
import { Message } from "./message.tsx";

type SomeonePayingViewProps = {
  /** "14:05", when the payment was begun. */
  since: string;
  /** "14:36", when it ends by itself. */
  until: string;
  /** Ends what was begun, and leads back. */
  action: string;
  hidden: Hidden;
  /** Looks whether the invoices are free again. */
  retryHref: string;
  /** What was begun could not be ended a moment ago. */
  failed: boolean;
};

/** A payment of the chosen invoices is open elsewhere: another tab, another device, another person. */
export function SomeonePayingView(props: SomeonePayingViewProps) {
  const { since, until, action, hidden, retryHref, failed } = props;
  return (
    <Message
      title="A payment was begun and not finished"
      actions={
        <>
          <form method="post" action={action}>
            <HiddenFields fields={hidden} />
            <PayButton pending="Ending what was begun" wide>
              Start again
            </PayButton>
          </form>
          <ButtonLink href={retryHref} kind="quiet" wide>
            Look again
          </ButtonLink>
        </>
      }
    >
      {failed && (
        <ErrorSummary
          title="Not yet"
          errors={[
            {
              field: null,
              message: `The payment begun at ${since} could not be ended, so it can still be paid there. Nothing was charged here. Try again in a minute.`,
            },
          ]}
        />
      )}
      <p>
        A payment of this was begun at {since} and not finished. If nobody finishes it, it ends by itself at{" "}
        {until}.
      </p>
      <p>
        You can start again here now, on any device: the payment begun at {since} is ended first, so nothing
        is charged twice.
      </p>
    </Message>
  );
}
