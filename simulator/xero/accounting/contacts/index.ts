/** Contacts (xero-platform.md 3.6). */
import type { Folded } from "../../body.ts";
import { type Call, type Endpoint, envelope, isTrue, listParam, param } from "../../call.ts";
import { dayIn } from "../../dates.ts";
import { notFound } from "../../errors.ts";
import type { Contact } from "../../model.ts";
import { fields, inside } from "../../query/fields.ts";
import { contacts } from "../../store/books.ts";
import { type Condition, oneOf, type Stored } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";
import { list, paginated, unlessArchived } from "../list.ts";
import { demand, writeAll } from "../write.ts";
import { balancesOf, contactToWire, inSummary, rolesOf } from "./wire.ts";
import { createContact, findContact, updateContact } from "./write.ts";

function hasDocument(type: "ACCREC" | "ACCPAY"): string {
  return `exists (select 1 from xero_rows other where other.kind = 'invoice' and other.valid_to is null
    and other.tenant_id = xero_rows.tenant_id and other.type = '${type}' and other.party = xero_rows.id)`;
}

const known = fields("Contact", {
  ContactID: ["id", "guid"],
  Name: ["label", "text"],
  ContactStatus: ["status", "text"],
  EmailAddress: ["party collate nocase", "text"],
  ContactNumber: ["reference", "text"],
  AccountNumber: [inside("accountNumber"), "text"],
  FirstName: [inside("firstName"), "text"],
  LastName: [inside("lastName"), "text"],
  TaxNumber: [inside("taxNumber"), "text"],
  DefaultCurrency: [inside("defaultCurrency"), "text"],
  IsCustomer: [hasDocument("ACCREC"), "flag"],
  IsSupplier: [hasDocument("ACCPAY"), "flag"],
  HasAttachments: ["0", "flag"],
  UpdatedDateUTC: ["updated_at", "instant"],
});

const scopes = ["accounting.contacts"];

export const contactEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/Contacts",
    scopes,
    handler(call) {
      const ids = listParam(call, "IDs")?.map((id) => id.toLowerCase());
      const also = [ids ? oneOf("id", ids) : unlessArchived(call), search(param(call, "searchTerm"))];
      const isSummary = isTrue(call, "summaryOnly");
      const found = list(call, contacts, { fields: known, also, forcePaging: isSummary });
      const detail = found.pagination ? "paged" : "listed";
      const today = dayIn(call.organisation.timezone, call.world.clock.now());
      const shownIn = (contact: Stored<Contact>): Wire => {
        const whole = contactToWire(contact, roles(contact.id), detail);
        if (isSummary) return inSummary(whole);
        return detail === "paged" ? { ...whole, ...balancesOf(call, contact.id, today) } : whole;
      };
      const roles = rolesOf(
        call,
        found.rows.map(({ id }) => id),
      );
      return envelope(call, {
        ...paginated(found),
        Contacts: found.rows.map(shownIn),
      });
    },
  },
  {
    method: "GET",
    pattern: "/Contacts/:id",
    scopes,
    handler(call) {
      const contact = required(call);
      const today = dayIn(call.organisation.timezone, call.world.clock.now());
      return envelope(call, {
        Contacts: [{ ...shown(call, contact), ...balancesOf(call, contact.id, today) }],
      });
    },
  },
  {
    method: "PUT",
    pattern: "/Contacts",
    scopes,
    handler: (call) => write(call, (body) => createContact(call, body)),
  },
  {
    method: "POST",
    pattern: "/Contacts",
    scopes,
    handler: (call) =>
      write(call, (body) => {
        const contact = findContact(call, body);
        demand(
          !contact && body.contactid
            ? ["The document with the supplied id was not found for this endpoint."]
            : [],
        );
        return contact ? updateContact(call, contact, body) : createContact(call, body);
      }),
  },
  {
    method: "POST",
    pattern: "/Contacts/:id",
    scopes,
    handler(call) {
      const contact = required(call);
      return write(call, (body) => updateContact(call, contact, body));
    },
  },
];

function write(call: Call, change: (body: Folded) => Stored<Contact>) {
  return writeAll(call, {
    name: "Contacts",
    idName: "ContactID",
    mark: "HasValidationErrors",
    empty: { Addresses: [], Phones: [], ContactGroups: [], ContactPersons: [] },
    write: (body) => shown(call, change(body)),
  });
}

function shown(call: Call, contact: Stored<Contact>): Wire {
  return contactToWire(contact, rolesOf(call, [contact.id])(contact.id));
}

/** By id, or by the contact number. */
function required(call: Call): Stored<Contact> {
  const asked = call.params.id ?? "";
  const byNumber = { where: { text: "reference = ?", values: [asked] } };
  const contact = contacts.get(call, asked) ?? contacts.list(call, byNumber)[0];
  if (!contact) throw notFound();
  return contact;
}

function search(term: string | undefined): Condition | undefined {
  if (!term) return undefined;
  const names = ["firstName", "lastName", "more.CompanyNumber"];
  const columns = ["label", "party", "reference", ...names.map(inside)];
  return {
    text: columns.map((column) => `instr(lower(coalesce(${column}, '')), ?) > 0`).join(" or "),
    values: columns.map(() => term.toLowerCase()),
  };
}
