/** Three organisations to show the product with (issue 2, "Seeds"). Ids are fixed; days are relative to today. */
import type { World } from "../../core/types.ts";
import type { Contact } from "../model.ts";
import { contacts } from "../store/books.ts";
import { addCatalogue } from "./catalogue.ts";
import { addDocument } from "./documents.ts";
import { addMixture } from "./mixture.ts";
import { contactsOf, namedContact } from "./names.ts";
import { createOrganisation, type Firm, type Plan } from "./organisation.ts";
import { randomOf } from "./random.ts";

const plans: Record<"au" | "uk" | "us", Plan> = {
  au: {
    key: "au",
    name: "Demo Accountants Pty Ltd",
    shortCode: "!dM0aU",
    country: "AU",
    baseCurrency: "AUD",
    timezone: "AUSEASTERNSTANDARDTIME",
    foreign: { NZD: 1.0912, USD: 0.6521 },
    taxNumber: "53004085616",
  },
  uk: {
    key: "uk",
    name: "Harbour Books Ltd",
    shortCode: "!hB7uK",
    country: "GB",
    baseCurrency: "GBP",
    timezone: "GMTSTANDARDTIME",
    foreign: { EUR: 1.1384, USD: 1.3102, CHF: 1.0567 },
    taxNumber: "GB123456782",
  },
  us: {
    key: "us",
    name: "Lakeview Tax LLC",
    shortCode: "!lV3uS",
    country: "US",
    baseCurrency: "USD",
    timezone: "CENTRALSTANDARDTIME",
    foreign: {},
  },
};

export function seedDemo(world: World): void {
  seedFirm(world, plans.au, { count: 150, first: 1001, stories: bayside, hasCatalogue: true });
  seedFirm(world, plans.uk, { count: 130, first: 1501, stories: quayside, hasCatalogue: true });
  seedFirm(world, plans.us, { count: 90, first: 5001, stories: cedarStreet, hasCatalogue: false });
}

type Filling = { count: number; first: number; stories(firm: Firm): Contact[]; hasCatalogue: boolean };

function seedFirm(world: World, plan: Plan, { count, first, stories, hasCatalogue }: Filling): void {
  const firm = createOrganisation(world, plan);
  const random = randomOf(plan.key);
  const parties = contactsOf(plan.key, random, 34);
  for (const contact of [...parties, ...stories(firm)])
    contacts.put(firm, contact, world.clock.now() - 40 * 86_400_000);
  addMixture(firm, random, parties, count, first);
  addOddities(firm, parties);
  if (hasCatalogue) addCatalogue(firm);
}

function bayside(firm: Firm): Contact[] {
  const contact = namedContact("au", "Bayside Club", "accounts@bayside-club.example", {
    contactNumber: "BAYSIDE",
  });
  addDocument(firm, {
    number: "INV-2009",
    contact,
    total: 220_000,
    issued: -23,
    due: -9,
    description: "Annual accounts",
  });
  addDocument(firm, {
    number: "INV-2013",
    contact,
    total: 101_000,
    issued: -12,
    due: 2,
    description: "Tax return",
  });
  addDocument(firm, { number: "INV-2017", contact, total: 60_000, issued: -10, due: 4, paid: [40_000] });
  addDocument(firm, {
    number: "INV-1981",
    contact,
    total: 220_000,
    issued: -120,
    status: "PAID",
    paid: [220_000],
  });
  addDocument(firm, { number: "INV-1990", contact, total: 33_000, issued: -60, status: "VOIDED" });
  return [contact];
}

function quayside(firm: Firm): Contact[] {
  const contact = namedContact("uk", "Quayside Bakery", "accounts@quayside-bakery.example", {
    contactNumber: "QUAY",
  });
  addDocument(firm, { number: "INV-3001", contact, total: 48_000, issued: -20, due: -6 });
  addDocument(firm, { number: "INV-3002", contact, total: 12_050, issued: -8, due: 6 });
  addDocument(firm, { number: "INV-3003", contact, total: 35_000, issued: -5, due: 25, currency: "EUR" });
  addDocument(firm, {
    number: "INV-2950",
    contact,
    total: 48_000,
    issued: -50,
    status: "PAID",
    paid: [48_000],
  });
  const dollars = namedContact("uk", "Sea Star Imports Inc", "ap@sea-star.example", {
    defaultCurrency: "USD",
  });
  addDocument(firm, { number: "INV-3010", contact: dollars, total: 99_900, issued: -15, currency: "USD" });
  return [contact, dollars];
}

function cedarStreet(firm: Firm): Contact[] {
  const contact = namedContact("us", "Cedar Street Dental", "office@cedar-street.example");
  addDocument(firm, { number: "INV-4001", contact, total: 125_000, issued: -18, due: -4 });
  addDocument(firm, { number: "INV-4002", contact, total: 43_300, issued: -3, due: 27, paid: [10_000] });
  return [contact];
}

/** Numbers, twins and balances that break careless clients. */
function addOddities(firm: Firm, parties: Contact[]): void {
  const [obrien, odegard, tokyo] = parties;
  const archived = parties.find(({ status }) => status === "ARCHIVED");
  if (!obrien || !odegard || !tokyo) throw new Error("The odd contacts come first");
  const open = { issued: -20, due: -2 };
  addDocument(firm, { number: "INV/2026 #7", contact: odegard, total: 77_000, ...open });
  addDocument(firm, { number: "INV,77", contact: odegard, total: 7_700, ...open });
  addDocument(firm, { number: "Fáktura №5", contact: odegard, total: 55_055, ...open });
  addDocument(firm, { number: "INV+8 & co", contact: obrien, total: 8_800, ...open });
  addDocument(firm, { number: " INV 9%20", contact: obrien, total: 9_900, ...open });
  addDocument(firm, { number: "x".repeat(255), contact: tokyo, total: 1_100, ...open });

  addDocument(firm, { number: "INV-1900", contact: tokyo, total: 90_000, issued: -40, status: "VOIDED" });
  addDocument(firm, { number: "INV-1900", contact: tokyo, total: 95_000, issued: -38, edition: 1 });
  addDocument(firm, { number: "INV-1901", contact: tokyo, total: 10_000, issued: -40, status: "DELETED" });
  addDocument(firm, { number: "INV-2009", contact: obrien, total: 31_000, issued: -30, type: "ACCPAY" });
  addDocument(firm, { number: "BILL-88", contact: obrien, total: 12_000, issued: -30, type: "ACCPAY" });
  addDocument(firm, {
    number: "BILL-88",
    contact: odegard,
    total: 13_000,
    issued: -29,
    type: "ACCPAY",
    edition: 1,
  });

  addDocument(firm, {
    number: "INV-1910",
    contact: tokyo,
    total: 50_000,
    issued: -35,
    status: "PAID",
    credited: 50_000,
  });
  addDocument(firm, { number: "INV-1911", contact: tokyo, total: 50_000, issued: -35, credited: 20_000 });
  addDocument(firm, { number: "INV-1912", contact: tokyo, total: 0, issued: -35, status: "PAID" });
  addDocument(firm, { number: "INV-1913", contact: tokyo, total: 1, issued: -35 });
  addDocument(firm, { number: "INV-1914", contact: tokyo, total: 999_999_999, issued: -35, due: 90 });
  addDocument(firm, { number: "INV-1915", contact: tokyo, total: 45_000, issued: 10, due: 40 });
  addDocument(firm, { number: "INV-1916", contact: tokyo, total: 45_000, issued: -5, status: "DRAFT" });
  addDocument(firm, { number: "INV-1917", contact: tokyo, total: 45_000, issued: -5, status: "SUBMITTED" });
  if (archived)
    addDocument(firm, { number: "INV-1920", contact: archived, total: 25_000, issued: -80, due: -66 });
}
