/** What the three kinds share: lists, one by id, allocations and their removal (xero-platform.md 3.9). */
import { child, type Folded, text, units } from "../../body.ts";
import { type Call, type Endpoint, envelope, listParam } from "../../call.ts";
import { notFound } from "../../errors.ts";
import type { CreditDocument, CreditKind } from "../../model.ts";
import { fields, inside, labelOfParty, valueInside } from "../../query/fields.ts";
import { creditBooks, invoices } from "../../store/books.ts";
import { oneOf, type Stored } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";
import { findInvoice, unitDecimals } from "../invoices/find.ts";
import { list, paginated } from "../list.ts";
import { demand, Invalid, writeAll } from "../write.ts";
import { allocate, faultsOfAllocation, removeAllocation } from "./allocate.ts";
import { findCreditNote } from "./find.ts";
import { creditNames } from "./names.ts";
import { allocationToWire, creditsToWire } from "./wire.ts";

export function creditEndpoints(kind: CreditKind, scope: string): Endpoint[] {
  const { list: name, one } = creditNames[kind];
  const known = fields(one, {
    [`${one}ID`]: ["id", "guid"],
    ...(kind === "credit-note" && { CreditNoteNumber: ["label", "text"] as ["label", "text"] }),
    Type: ["type", "text"],
    Status: ["status", "text"],
    Reference: ["reference", "text"],
    "Contact.ContactID": ["party", "guid"],
    "Contact.Name": labelOfParty("contact"),
    Date: ["day", "day"],
    RemainingCredit: ["amount", "money"],
    Total: [valueInside("total"), "money"],
    CurrencyCode: [inside("currency"), "text"],
    LineAmountTypes: [inside("lineAmountType"), "text"],
    HasAttachments: ["0", "flag"],
    UpdatedDateUTC: ["updated_at", "instant"],
  });
  return [
    {
      method: "GET",
      pattern: `/${name}`,
      scopes: [scope],
      handler(call) {
        const references = listParam(call, "References");
        const also = [references && oneOf("reference", references)];
        const found = list(call, creditBooks[kind], { fields: known, also });
        const rows = creditsToWire(call, kind, {
          rows: found.rows,
          unitDecimals: found.pagination ? unitDecimals(call) : "no lines",
        });
        return envelope(call, { ...paginated(found), [name]: rows });
      },
    },
    {
      method: "GET",
      pattern: `/${name}/:id`,
      scopes: [scope],
      handler: (call) => envelope(call, { [name]: [shownCredit(call, kind, requiredCredit(call, kind))] }),
    },
    {
      method: "PUT",
      pattern: `/${name}/:id/Allocations`,
      scopes: [scope],
      handler: (call) => allocateAll(call, kind),
    },
    {
      method: "DELETE",
      pattern: `/${name}/:id/Allocations/:allocationId`,
      scopes: [scope],
      handler(call) {
        const credit = requiredCredit(call, kind);
        const allocation = credit.allocations.find(({ id }) => id === call.params.allocationId);
        if (!allocation) throw notFound();
        removeAllocation(call, { kind, credit }, allocation);
        const body = { ...allocationToWire(allocation, new Map()), IsDeleted: true };
        return {
          status: 200,
          headers: { "content-type": "application/json; charset=utf-8" },
          body: JSON.stringify(body),
        };
      },
    },
  ];
}

function allocateAll(call: Call, kind: CreditKind) {
  requiredCredit(call, kind);
  return writeAll(call, {
    name: "Allocations",
    idName: "AllocationID",
    write: (body) => allocateOne(call, kind, body),
  });
}

/** Any date that is sent is ignored: Xero has its own. */
function allocateOne(call: Call, kind: CreditKind, body: Folded): Wire {
  const credit = requiredCredit(call, kind);
  const named = child(body, "Invoice");
  const id = text(named, "InvoiceID");
  const invoice = id ? invoices.get(call, id) : findInvoice(call, text(named, "InvoiceNumber") ?? "");
  if (!invoice) throw new Invalid(["Document could not be found"]);
  const part = { invoice, amount: units(body, "Amount", 2) ?? 0 };
  demand(faultsOfAllocation(call.organisation, { kind, credit }, part));
  const { allocation } = allocate(call, { kind, credit }, part);
  const { one } = creditNames[kind];
  return {
    ...allocationToWire(allocation, new Map([[invoice.id, invoice]])),
    [one]: { [`${one}ID`]: credit.id, ID: credit.id, LineItems: [] },
  };
}

export function shownCredit(call: Call, kind: CreditKind, credit: Stored<CreditDocument>): Wire {
  const shown = { rows: [credit], unitDecimals: unitDecimals(call), isSingle: true };
  return creditsToWire(call, kind, shown)[0] ?? {};
}

/** By id; a credit note also by its number. */
export function requiredCredit(call: Call, kind: CreditKind): Stored<CreditDocument> {
  const asked = call.params.id ?? "";
  const credit =
    creditBooks[kind].get(call, asked) ?? (kind === "credit-note" ? findCreditNote(call, asked) : undefined);
  if (!credit) throw notFound();
  return credit;
}
