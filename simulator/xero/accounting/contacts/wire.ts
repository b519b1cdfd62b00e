import { statement } from "../../../core/sql.ts";
import type { Contact, ContactPerson, Slot } from "../../model.ts";
import { portion } from "../../money.ts";
import { currencyFactor } from "../../rates.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { amount, instant, type Wire } from "../../wire.ts";
import { addressTypes, phoneTypes } from "./details.ts";

/** How a contact looks inside another object: who, and little else. */
export const contactStub = ({ id, name }: Contact): Wire => ({
  ContactID: id,
  Name: name,
  Addresses: [],
  Phones: [],
  ContactGroups: [],
  ContactPersons: [],
  HasValidationErrors: false,
});

export type Roles = { isCustomer: boolean; isSupplier: boolean };

/** Whoever has a sales invoice is a customer, whoever has a bill a supplier. */
export function rolesOf({ world, tenantId }: Scope, ids: string[]): (id: string) => Roles {
  const rows = statement(
    world.db,
    `select distinct party, type from xero_rows where valid_to is null and tenant_id = ? and kind = 'invoice'
     and party in (select value from json_each(?))`,
  ).all(tenantId, JSON.stringify(ids));
  const seen = new Set(rows.map(({ party, type }) => `${party} ${type}`));
  return (id) => ({ isCustomer: seen.has(`${id} ACCREC`), isSupplier: seen.has(`${id} ACCPAY`) });
}

/** "listed" is one of a list without pages: DOC contacts names what only pages and a single contact have. */
export type ContactDetail = "listed" | "paged" | "single";

export function contactToWire(
  contact: Stored<Contact>,
  { isCustomer, isSupplier }: Roles,
  detail: ContactDetail = "single",
): Wire {
  const { BankAccountDetails = "", ...more } = contact.more ?? {};
  const isWhole = detail !== "listed";
  return {
    ContactID: contact.id,
    ...(contact.contactNumber && { ContactNumber: contact.contactNumber }),
    ...(contact.accountNumber && { AccountNumber: contact.accountNumber }),
    ContactStatus: contact.status,
    ...(contact.mergedTo && isWhole && { MergedToContactID: contact.mergedTo }),
    Name: contact.name,
    ...(contact.firstName && { FirstName: contact.firstName }),
    ...(contact.lastName && { LastName: contact.lastName }),
    EmailAddress: contact.email ?? "",
    BankAccountDetails,
    ...(contact.taxNumber && { TaxNumber: contact.taxNumber }),
    Addresses: slots(contact.addresses, "AddressType", addressTypes, detail),
    Phones: slots(contact.phones, "PhoneType", phoneTypes, detail),
    UpdatedDateUTC: instant(contact.updatedAt),
    ContactGroups: [],
    IsSupplier: isSupplier,
    IsCustomer: isCustomer,
    ...(contact.defaultCurrency && { DefaultCurrency: contact.defaultCurrency }),
    // REC contacts_page: no tracking categories in a page; REC contact: in a single one.
    ...(detail === "single" && { SalesTrackingCategories: [], PurchasesTrackingCategories: [] }),
    ...(isWhole ? more : pick(more, listedOnly)),
    ContactPersons: isWhole ? (contact.persons ?? []).map(personToWire) : [],
    ...(isWhole && { HasAttachments: false }),
    HasValidationErrors: false,
  };
}

/** Of what else there is, the fields that every list has (DOC contacts, first table). */
const listedOnly = ["CompanyNumber", "AccountsReceivableTaxType", "AccountsPayableTaxType"];

const pick = (from: Wire, names: string[]): Wire =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

/** DOC contacts: what summaryOnly excludes. */
const heavy = new Set([
  ...["Addresses", "Balances", "ContactGroups", "ContactPersons", "IsCustomer", "IsSupplier"],
  ...["PurchasesDefaultAccountCode", "PurchasesTrackingCategories"],
  ...["SalesDefaultAccountCode", "SalesTrackingCategories"],
]);

export const inSummary = (contact: Wire): Wire =>
  Object.fromEntries(Object.entries(contact).filter(([name]) => !heavy.has(name)));

const emptyParts: Record<string, Wire> = {
  AddressType: { City: "", Region: "", PostalCode: "", Country: "" },
  PhoneType: { PhoneNumber: "", PhoneAreaCode: "", PhoneCountryCode: "" },
};

/** Each slot is there, filled or not (REC contact_create, contacts_page). */
function slots(filled: Slot[], type: string, all: string[], detail: ContactDetail): Wire[] {
  const others = filled.filter((slot) => !all.includes(String(slot[type])));
  const inOrder = all.map((name) => filled.find((slot) => slot[type] === name) ?? { [type]: name });
  const empty = detail === "single" ? emptyParts[type] : {};
  return [...inOrder, ...others].map((slot) => ({ [type]: slot[type], ...empty, ...slot }));
}

const personToWire = ({ firstName, lastName, email, includeInEmails }: ContactPerson): Wire => ({
  FirstName: firstName,
  LastName: lastName,
  EmailAddress: email,
  IncludeInEmails: includeInEmails,
});

/** What a contact owes and is owed, in the base currency; a single contact and those of a page carry it. */
export function balancesOf({ world, tenantId }: Scope, contactId: string, today: string): Wire {
  const rows = statement(
    world.db,
    `select type, amount, due, data ->> '$.rate' as rate from xero_rows where valid_to is null and tenant_id = ?
     and kind = 'invoice' and party = ? and status = 'AUTHORISED'`,
  ).all(tenantId, contactId);
  const sum = (type: string, overdue: boolean) =>
    rows
      .filter((row) => row.type === type && (!overdue || String(row.due ?? "9") < today))
      .reduce((total, row) => total + portion(Number(row.amount), ...currencyFactor(Number(row.rate))), 0);
  const side = (type: string) => ({
    Outstanding: amount(sum(type, false)),
    Overdue: amount(sum(type, true)),
  });
  return { Balances: { AccountsReceivable: side("ACCREC"), AccountsPayable: side("ACCPAY") } };
}
