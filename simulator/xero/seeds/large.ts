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
    const key = `large-${at}`;
    const shortCode = `!L${String(at).padStart(4, "0")}`;
    const firm = createOrganisation(world, {
      key,
      name: `Large Firm ${at}`,
      shortCode,
      foreign: {},
      ...home,
    });
    const random = randomOf(key);
    const parties = contactsOf(key, random, Math.max(20, Math.ceil(invoices / 25)));
    for (const contact of parties) contacts.put(firm, contact);
    addMixture(firm, random, parties, invoices, 10_001);
  }
}
