import { ButtonLink } from "../../forms/button.tsx";
import { Ask } from "../ask.tsx";
import type { FirmFace } from "../types.ts";
import { Message } from "./message.tsx";

/** The books or the processor can't be reached, so money could be taken but not recorded: none is taken. */
export function NotJustNowView({ firm, retryHref }: { firm: FirmFace; retryHref: string }) {
  return (
    <Message
      title="Online payment is temporarily unavailable"
      actions={
        <ButtonLink href={retryHref} wide>
          Try again
        </ButtonLink>
      }
    >
      <p className="font-semibold">Nothing was charged.</p>
      <p>
        Try again in a few minutes, or ask for another way to pay: <Ask firm={firm} />.
      </p>
    </Message>
  );
}
