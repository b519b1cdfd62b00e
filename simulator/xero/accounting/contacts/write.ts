import { randomUUID } from "node:crypto";
import { type Folded, text, word } from "../../body.ts";
import { emit } from "../../events.ts";
import type { Contact } from "../../model.ts";
import { contacts } from "../../store/books.ts";
import type { Condition, Scope, Stored } from "../../store/rows.ts";
import { demand } from "../write.ts";
import { detailsOf, faultsOfDetails } from "./details.ts";

const noIdentity =
  "The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber";
export const archivedContact =
  "The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.";

/** The contact a document names; an unknown name makes a new one (xero-platform.md 3.5). */
export function resolveContact(scope: Scope, body: Folded | undefined): Stored<Contact> {
  if (!body) demand(["A Contact must be specified for this type of transaction"]);
  const given = body ?? {};
  const found = findContact(scope, given);
  if (!found) {
    demand(
      text(given, "ContactID") ? ["The document with the supplied id was not found for this endpoint."] : [],
    );
    demand(text(given, "Name") ? [] : [noIdentity]);
    return createContact(scope, given);
  }
  demand(found.status === "ARCHIVED" ? [archivedContact] : []);
  const onlyNamed = Object.keys(given).every((key) => /^(contactid|name|contactnumber)$/.test(key));
  return onlyNamed ? found : updateContact(scope, found, given);
}

/** By id, then number, then the name among active ones. */
export function findContact(scope: Scope, body: Folded): Stored<Contact> | undefined {
  const id = text(body, "ContactID");
  if (id) return contacts.get(scope, id);
  const number = text(body, "ContactNumber");
  const byNumber = number && contacts.list(scope, { where: { text: "reference = ?", values: [number] } })[0];
  if (byNumber) return byNumber;
  const named = contacts.named(scope, text(body, "Name") ?? "");
  return named.find(({ status }) => status === "ACTIVE") ?? named[0];
}

export function createContact(scope: Scope, body: Folded): Stored<Contact> {
  const name = text(body, "Name")?.trim() ?? "";
  demand(name ? [] : [noIdentity]);
  const contact: Contact = { id: randomUUID(), name, status: "ACTIVE", addresses: [], phones: [] };
  demand([...faultsOfName(scope, name), ...faultsOf(scope, body, contact.id)]);
  return saveContact(scope, { ...contact, ...detailsOf(body), ...properties(body) }, "CREATE");
}

/** REC contact_archive_archived: any write, also one that would un-archive it; only a person can, in Xero's screen. */
const notEditable =
  "The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.";

export function updateContact(scope: Scope, contact: Stored<Contact>, body: Folded): Stored<Contact> {
  demand(contact.status === "ARCHIVED" ? [notEditable] : []);
  const name = text(body, "Name")?.trim() || contact.name;
  const status = word(body, "ContactStatus", ["ACTIVE", "ARCHIVED"]) ?? contact.status;
  demand([
    ...(status === "ACTIVE" ? faultsOfName(scope, name, contact.id) : []),
    ...faultsOf(scope, body, contact.id),
  ]);
  const after = { ...contact, ...detailsOf(body, contact), ...properties(body), name, status };
  return saveContact(scope, after, "UPDATE");
}

/** Also the control API's way to change one "in Xero". */
export function saveContact(scope: Scope, contact: Contact, change: "CREATE" | "UPDATE"): Stored<Contact> {
  const saved = contacts.put(scope, contact);
  emit(scope, { category: "CONTACT", type: change, resource: "Contacts", id: contact.id });
  return saved;
}

function properties(body: Folded): Partial<Contact> {
  const given = {
    email: text(body, "EmailAddress"),
    firstName: text(body, "FirstName"),
    lastName: text(body, "LastName"),
    contactNumber: text(body, "ContactNumber"),
    accountNumber: text(body, "AccountNumber"),
    taxNumber: text(body, "TaxNumber"),
    defaultCurrency: text(body, "DefaultCurrency"),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function faultsOfName(scope: Scope, name: string, ownId?: string): string[] {
  const taken = contacts.named(scope, name).some(({ id, status }) => status === "ACTIVE" && id !== ownId);
  return taken
    ? [
        `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`,
      ]
    : [];
}

/** The wording of the second is not attested (xero-documents 13). */
function faultsOf(scope: Scope, body: Folded, ownId: string): string[] {
  const isTaken = (where: Condition) => contacts.list(scope, { where }).some(({ id }) => id !== ownId);
  const [account, number] = [text(body, "AccountNumber"), text(body, "ContactNumber")];
  return [
    ...faultsOfEmail(body),
    ...faultsOfDetails(body),
    ...(account && isTaken({ text: "data ->> '$.accountNumber' = ?", values: [account] })
      ? ["The Account Number already exists. Please enter a different Account Number."]
      : []),
    ...(number && isTaken({ text: "reference = ?", values: [number] })
      ? [`The contact number ${number} must be unique across all contacts.`]
      : []),
  ];
}

function faultsOfEmail(body: Folded): string[] {
  const email = text(body, "EmailAddress");
  return !email || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? [] : ["Email address must be valid."];
}
