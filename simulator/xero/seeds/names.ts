/** Contacts of all kinds: plain, unicode, with marks that are markup elsewhere. */
import type { Contact } from "../model.ts";
import { idOf, type Random } from "./random.ts";

const places = [
  ...[
    "Bayview",
    "Riverside",
    "Hilltop",
    "Northgate",
    "Maple",
    "Oakwood",
    "Harbour",
    "Lakeside",
    "Redwood",
    "Stonebridge",
  ],
  ...[
    "Willow",
    "Fernhill",
    "Kingsway",
    "Southport",
    "Ashgrove",
    "Westfield",
    "Copper",
    "Silverton",
    "Eastwick",
    "Glenmore",
  ],
];
const trades = [
  ...[
    "Plumbing",
    "Dental",
    "Florist",
    "Cafe",
    "Motors",
    "Physio",
    "Design Studio",
    "Roofing",
    "Bookshop",
    "Tennis Club",
  ],
  ...[
    "Electrical",
    "Landscapes",
    "Veterinary",
    "Catering",
    "Brewery",
    "Childcare",
    "Removals",
    "Joinery",
    "Pharmacy",
    "Yoga",
  ],
];

/** Names that break careless pages, files and queries. */
const odd: [name: string, email: string | undefined][] = [
  ["<b>O'Brien</b> & Sons", "accounts@obrien-sons.example"],
  ["Ödegård & Søn ApS", "faktura@odegard.example"],
  ["東京デザイン株式会社", "keiri@tokyo-design.example"],
  ['Café "L\'Étoile"; DROP', "cafe@letoile.example"],
  ["Zażółć Gęślą Jaźń Sp. z o.o.", "biuro@zazolc.example"],
  ["A", undefined],
  [`The Very Long Named ${"Association of ".repeat(6)}Neighbours`, "hello@long-names.example"],
];

export function namedContact(
  key: string,
  name: string,
  email?: string,
  more: Partial<Contact> = {},
): Contact {
  return {
    id: idOf(key, "contact", name),
    name,
    status: "ACTIVE",
    ...(email && { email }),
    addresses: [{ AddressType: "POBOX" }, { AddressType: "STREET" }],
    phones: [{ PhoneType: "DEFAULT", PhoneNumber: "", PhoneAreaCode: "", PhoneCountryCode: "" }],
    ...more,
  };
}

/** Odd ones first, then as many plain ones as asked for; some archived, some without an address. */
export function contactsOf(key: string, random: Random, count: number): Contact[] {
  const made = new Map(odd.map(([name, email]) => [name, namedContact(key, name, email)]));
  while (made.size < count) {
    const plain = `${random.pick(places)} ${random.pick(trades)}`;
    const name = made.has(plain) ? `${plain} ${made.size}` : plain;
    const address = `accounts@${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.example`;
    const hasEmail = !random.chance(0.15);
    made.set(
      name,
      namedContact(key, name, hasEmail ? address : undefined, {
        status: random.chance(0.08) ? "ARCHIVED" : "ACTIVE",
        ...(random.chance(0.3) && { contactNumber: `C-${made.size + 100}` }),
      }),
    );
  }
  return [...made.values()];
}
