/** One organisation with everything but its contacts and documents. */
import type { World } from "../../core/types.ts";
import type { Account, Country, Organisation } from "../model.ts";
import { accounts, brandingThemes, currencies, organisations, taxRates } from "../store/books.ts";
import type { Scope } from "../store/rows.ts";
import { chartOf, taxRatesOf } from "./chart.ts";
import { idOf } from "./random.ts";

export type Plan = {
  /** Fixes every id. */
  key: string;
  name: string;
  shortCode: string;
  country: Country;
  baseCurrency: string;
  timezone: string;
  /** Other currencies it is subscribed to, and how many of them one unit of the base buys. */
  foreign: Record<string, number>;
  taxNumber?: string;
};

export type Firm = Scope & { plan: Plan; chart: Account[]; themeIds: string[] };

const yearMs = 365 * 86_400_000;

export function createOrganisation(world: World, plan: Plan): Firm {
  const { key, name, shortCode, country, baseCurrency, timezone, foreign, taxNumber } = plan;
  const id = idOf(key, "organisation");
  const scope = { world, tenantId: id };
  const themeIds = ["Standard", "Special projects"].map((theme) => idOf(key, "theme", theme));
  const createdAt = world.clock.now() - 3 * yearMs + shortCode.charCodeAt(1) * 1000;
  const organisation: Organisation = {
    ...{ id, name, legalName: name, shortCode, country, baseCurrency, timezone, createdAt },
    class: "PREMIUM",
    isDemo: false,
    ...(taxNumber && { taxNumber }),
    state: "active",
    defaultThemeId: themeIds[0] ?? "",
  };
  organisations.put(scope, organisation, createdAt);
  for (const [sortOrder, theme] of ["Standard", "Special projects"].entries()) {
    brandingThemes.put(
      scope,
      { id: themeIds[sortOrder] ?? "", name: theme, sortOrder, createdAt },
      createdAt,
    );
  }
  const chart = chartOf(country, key, baseCurrency, Object.keys(foreign));
  for (const account of chart) accounts.put(scope, account, createdAt);
  for (const rate of taxRatesOf(country, key)) taxRates.put(scope, rate, createdAt);
  for (const [code, dayRate] of Object.entries({ [baseCurrency]: 1, ...foreign })) {
    const description = new Intl.DisplayNames("en", { type: "currency" }).of(code) ?? code;
    currencies.put(scope, { id: idOf(key, "currency", code), code, description, dayRate }, createdAt);
  }
  return { ...scope, plan, chart, themeIds };
}

export function accountNamed({ chart }: Firm, name: string): Account {
  const account = chart.find((one) => one.name === name);
  if (!account) throw new Error(`No account “${name}” in the seed`);
  return account;
}
