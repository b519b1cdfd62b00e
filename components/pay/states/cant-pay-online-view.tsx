import type { ReactNode } from "react";
import { Ask } from "../ask.tsx";
import type { FirmFace } from "../types.ts";
import { Message } from "./message.tsx";

type CantPayOnlineViewProps = {
  firm: FirmFace;
  /** "The smallest online payment is £0.30."; null where the firm takes no online payments. */
  reason: string | null;
  /** What can be tried all the same. */
  actions?: ReactNode;
};

/** Trying again helps nothing: what is known, and whom to ask. */
export function CantPayOnlineView({ firm, reason, actions }: CantPayOnlineViewProps) {
  return (
    <Message title="This can't be paid online" actions={actions}>
      <p className="font-semibold">Nothing was charged.</p>
      <p>{reason ?? `${firm.name} can't take online payments at the moment.`}</p>
      <p>
        To pay another way, ask <Ask firm={firm} />.
      </p>
    </Message>
  );
}
