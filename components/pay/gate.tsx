import { Ask } from "./ask.tsx";
import { HiddenFields } from "./hidden-fields.tsx";
import { PayButton } from "./pay-button.tsx";
import type { FirmFace, Hidden } from "./types.ts";

export type GateProps = {
  firm: FirmFace;
  /** The contact's addresses, as "b•••@b•••.example"; none when the books hold none. */
  codes: { key: string; masked: string }[];
  /** Posts the chosen address's key as `to`. */
  action: string;
  hidden: Hidden;
};

/** Offers the contact's other invoices to whoever can read the contact's e-mail; without an address, says whom to ask. */
export function Gate({ firm, codes, action, hidden }: GateProps) {
  return (
    <section aria-labelledby="gate-title" className="grid gap-2 border-line border-t pt-6">
      <h2 id="gate-title" className="font-semibold">
        Any other invoices?
      </h2>
      {codes.length === 0 ? (
        <p className="text-muted">
          {firm.name} holds no e-mail address for you to which a code could be sent. To see whether more is
          outstanding, ask <Ask firm={firm} />.
        </p>
      ) : (
        <>
          <p className="text-muted">
            To see whether more is outstanding, have a code sent to {codes.length === 1 ? "your" : "an"}{" "}
            e-mail address that {firm.name} holds for you.
          </p>
          <form method="post" action={action} className="mt-1 grid justify-items-start gap-3">
            <HiddenFields fields={hidden} />
            {codes.map(({ key, masked }) => (
              <PayButton key={key} kind="quiet" pending="Sending the code" name="to" value={key}>
                E-mail a code to {masked}
              </PayButton>
            ))}
          </form>
        </>
      )}
    </section>
  );
}
