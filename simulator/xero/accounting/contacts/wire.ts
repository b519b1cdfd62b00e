import { statement } from "../../../core/sql.ts";
import type { Contact } from "../../model.ts";
import { portion } from "../../money.ts";
import { currencyFactor } from "../../rates.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { amount, instant, type Wire } from "../../wire.ts";

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

export function contactToWire(contact: Stored<Contact>, { isCustomer, isSupplier }: Roles): Wire {
  return {
    ContactID: contact.id,
    ...(contact.contactNumber && { ContactNumber: contact.contactNumber }),
    ...(contact.accountNumber && { AccountNumber: contact.accountNumber }),
    ContactStatus: contact.status,
    ...(contact.mergedTo && { MergedToContactID: contact.mergedTo }),
    Name: contact.name,
    ...(contact.firstName && { FirstName: contact.firstName }),
    ...(contact.lastName && { LastName: contact.lastName }),
    EmailAddress: contact.email ?? "",
    BankAccountDetails: "",
    ...(contact.taxNumber && { TaxNumber: contact.taxNumber }),
    Addresses: contact.addresses,
    Phones: contact.phones,
    UpdatedDateUTC: instant(contact.updatedAt),
    ContactGroups: [],
    IsSupplier: isSupplier,
    IsCustomer: isCustomer,
    ...(contact.defaultCurrency && { DefaultCurrency: contact.defaultCurrency }),
    ...(contact.website && { Website: contact.website }),
    SalesTrackingCategories: [],
    PurchasesTrackingCategories: [],
    ContactPersons: [],
    HasAttachments: false,
    HasValidationErrors: false,
  };
}

/** What a contact owes and is owed, in the base currency; only a single contact carries it. */
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
