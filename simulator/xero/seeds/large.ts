/** As many organisations of as many invoices as asked for; one invoice in about twenty-five has the same contact. */
import type { World } from "../../core/types.ts";
import type { Country } from "../model.ts";
import { contacts } from "../store/books.ts";
import { addMixture } from "./mixture.ts";
import { contactsOf } from "./names.ts";
import { createOrganisation } from "./organisation.ts";
import { randomOf } from "./random.ts";

type Size = { organisations: number; invoices: number };

const homes: { country: Country; baseCurrency: string; timezone: string }[] = [
  { country: "AU", baseCurrency: "AUD", timezone: "AUSEASTERNSTANDARDTIME" },
  { country: "GB", baseCurrency: "GBP", timezone: "GMTSTANDARDTIME" },
  { country: "US", baseCurrency: "USD", timezone: "CENTRALSTANDARDTIME" },
];

export function seedLarge(world: World, { organisations, invoices }: Size): void {
  for (let at = 1; at <= organisations; at++) {
    const home = homes[at % homes.length];
    if (!home) throw new Error("There is always a home");
    const shortCode = `!L${String(at).padStart(4, "0")}`;
    const { country } = home;
    addOrganisation(world, { key: `large-${at}`, name: `Large Firm ${at}`, shortCode, country, invoices });
  }
}

type NewOrganisation = { key: string; name: string; shortCode: string; country: Country; invoices: number };

/** One organisation of that country with as many invoices; its id. */
export function addOrganisation(world: World, { country, invoices, ...plan }: NewOrganisation): string {
  const home = homes.find((one) => one.country === country);
  if (!home) throw new Error(`No organisations in ${country}`);
  const firm = createOrganisation(world, { ...plan, foreign: {}, ...home });
  const random = randomOf(plan.key);
  const parties = contactsOf(plan.key, random, Math.max(20, Math.ceil(invoices / 25)));
  for (const contact of parties) contacts.put(firm, contact);
  addMixture(firm, random, parties, invoices, 10_001);
  return firm.tenantId;
}
