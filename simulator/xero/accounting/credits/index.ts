/** CreditNotes are written here; overpayments and prepayments only come from bank transactions (xero-platform.md 3.9). */
import { type Folded, text } from "../../body.ts";
import type { Call, Endpoint } from "../../call.ts";
import { creditBooks } from "../../store/books.ts";
import { demand, writeAll } from "../write.ts";
import { creditEndpoints, requiredCredit, shownCredit } from "./endpoints.ts";
import { findCreditNote } from "./find.ts";
import { createCreditNote, updateCreditNote } from "./write.ts";

const kind = "credit-note";
const scopes = ["accounting.invoices"];

export const creditNoteEndpoints: Endpoint[] = [
  ...creditEndpoints(kind, "accounting.invoices"),
  {
    method: "PUT",
    pattern: "/CreditNotes",
    scopes,
    handler: (call) => write(call, (body) => createCreditNote(call, body)),
  },
  {
    method: "POST",
    pattern: "/CreditNotes",
    scopes,
    handler: (call) =>
      write(call, (body) => {
        const id = text(body, "CreditNoteID");
        const number = text(body, "CreditNoteNumber");
        const found = id ? creditBooks[kind].get(call, id) : findCreditNote(call, number ?? "");
        demand(
          id && !found ? ["An existing Credit Note with the specified CreditNoteID could not be found"] : [],
        );
        return found ? updateCreditNote(call, found, body) : createCreditNote(call, body);
      }),
  },
  {
    method: "POST",
    pattern: "/CreditNotes/:id",
    scopes,
    handler(call) {
      const credit = requiredCredit(call, kind);
      return write(call, (body) => updateCreditNote(call, credit, body));
    },
  },
];

export const overpaymentEndpoints = creditEndpoints("overpayment", "accounting.payments");
export const prepaymentEndpoints = creditEndpoints("prepayment", "accounting.payments");

function write(call: Call, change: (body: Folded) => ReturnType<typeof createCreditNote>) {
  return writeAll(call, {
    name: "CreditNotes",
    idName: "CreditNoteID",
    mark: "HasErrors",
    empty: { Payments: [], Allocations: [] },
    write: (body) => shownCredit(call, kind, change(body)),
  });
}
