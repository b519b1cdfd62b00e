import { ButtonLink } from "../../forms/button.tsx";
import { Ask } from "../ask.tsx";
import type { FirmFace } from "../types.ts";
import { Message } from "./message.tsx";

/** The payer has given a card or an account, and the payment was not taken in the end. */
export function LetGoView({ firm, backHref }: { firm: FirmFace; backHref: string }) {
  return (
    <Message
      title="Your payment was not taken"
      actions={
        <ButtonLink href={backHref} wide>
          See what is owed
        </ButtonLink>
      }
    >
      <p className="font-semibold">Nothing was charged.</p>
      <p>
        Before your card is charged we check once more what is owed. The invoice was paid or changed
        meanwhile, that could not be checked, or your bank declined the payment. Anything that was reserved on
        your card is released; your bank may show it for a few days.
      </p>
      <p>
        To pay another way, or if you are not sure, ask <Ask firm={firm} />.
      </p>
    </Message>
  );
}
