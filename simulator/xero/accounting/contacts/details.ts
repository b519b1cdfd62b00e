/** What a contact holds beside its name and numbers: kept as it is sent, slot by slot (DOC contacts; OAS Contact). */

import { child, children, echo, type Folded, flag, text } from "../../body.ts";
import { badPostData } from "../../errors.ts";
import type { Contact, ContactPerson, Slot } from "../../model.ts";

/** By Xero's names; how many characters each may have. */
const texts: Record<string, number> = {
  ...{ CompanyNumber: 50, Website: 255, BankAccountDetails: 255, XeroNetworkKey: 255 },
  ...{ AccountsReceivableTaxType: 50, AccountsPayableTaxType: 50 },
  ...{ SalesDefaultAccountCode: 10, PurchasesDefaultAccountCode: 10 },
  ...{ SalesDefaultLineAmountType: 20, PurchasesDefaultLineAmountType: 20 },
  ...{ TrackingCategoryName: 100, TrackingOptionName: 100 },
};
const objects = ["PaymentTerms", "BatchPayments", "BrandingTheme"];
const lists = ["SalesTrackingCategories", "PurchasesTrackingCategories"];

export const addressTypes = ["STREET", "POBOX"];
const writableAddressTypes = [...addressTypes, "DELIVERY"];
export const phoneTypes = ["DEFAULT", "DDI", "FAX", "MOBILE"];
const writablePhoneTypes = [...phoneTypes, "OFFICE"];

const mostPersons = 5;

/** What was before, with what is sent laid over it. */
export function detailsOf(body: Folded, before: Partial<Contact> = {}): Partial<Contact> {
  const sent = {
    ...Object.fromEntries(Object.keys(texts).flatMap((name) => entry(name, text(body, name)))),
    ...Object.fromEntries(objects.flatMap((name) => entry(name, echoed(child(body, name))))),
    ...Object.fromEntries(lists.flatMap((name) => entry(name, children(body, name)?.map(echo)))),
  };
  const persons = children(body, "ContactPersons")?.map(personOf);
  return {
    more: { ...before.more, ...sent },
    addresses: slotsOf(
      body,
      { list: "Addresses", type: "AddressType", known: writableAddressTypes },
      before.addresses,
    ),
    phones: slotsOf(body, { list: "Phones", type: "PhoneType", known: writablePhoneTypes }, before.phones),
    // The list that is sent is the whole list; an empty one empties nothing (XeroAPI/xero-node 560).
    persons: persons && persons.length > 0 ? persons : (before.persons ?? []),
  };
}

export function faultsOfDetails(body: Folded): string[] {
  return [
    ...Object.entries(texts).flatMap(([name, most]) =>
      (text(body, name)?.length ?? 0) > most ? [`${name} must not be more than ${most} characters`] : [],
    ),
    ...((children(body, "ContactPersons")?.length ?? 0) > mostPersons
      ? [`A contact can have a maximum of ${mostPersons} ContactPersons`]
      : []),
    ...((children(body, "ContactGroups")?.length ?? 0) > 0 ? ["This simulator has no contact groups"] : []),
  ];
}

const entry = (name: string, value: unknown): [string, unknown][] =>
  value === undefined ? [] : [[name, value]];

const echoed = (object: Folded | undefined) => object && echo(object);

type Slots = { list: string; type: string; known: string[] };

function slotsOf(body: Folded, { list, type, known }: Slots, before: Slot[] = []): Slot[] {
  const slots = new Map(before.map((slot) => [String(slot[type]), slot]));
  for (const sent of children(body, list) ?? []) {
    const name = text(sent, type)?.toUpperCase() ?? "";
    if (!known.includes(name))
      throw badPostData(`Error converting value "${text(sent, type)}" to type '${type}'. Path '${type}'`);
    slots.set(name, { ...slots.get(name), ...echo(sent), [type]: name });
  }
  return [...slots.values()];
}

function personOf(body: Folded): ContactPerson {
  return {
    firstName: text(body, "FirstName") ?? "",
    lastName: text(body, "LastName") ?? "",
    email: text(body, "EmailAddress") ?? "",
    includeInEmails: flag(body, "IncludeInEmails") ?? false,
  };
}
