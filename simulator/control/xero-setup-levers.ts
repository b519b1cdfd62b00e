/** What a person in Xero does with contacts and settings. */
import { z } from "zod";
import type { Route } from "../core/types.ts";
import { actions } from "../xero/accounting/organisation.ts";
import { saveTaxRate } from "../xero/accounting/tax-rates/write.ts";
import { mergeContacts } from "../xero/merge-contacts.ts";
import type { TaxComponent } from "../xero/model.ts";
import { organisationOf } from "../xero/organisations.ts";
import { brandingThemes, contacts, currencies, organisations, taxRates } from "../xero/store/books.ts";
import { NotAllowed } from "./input.ts";
import { found, lever } from "./lever.ts";

const tenantId = z.string();
const merge = z.object({ tenantId, from: z.string(), into: z.string() });
const taxRate = z.object({
  tenantId,
  taxType: z.string(),
  name: z.string().optional(),
  percent: z.number().optional(),
  status: z.enum(["ACTIVE", "DELETED", "ARCHIVED"]).optional(),
});
const currency = z.object({ tenantId, code: z.string().length(3), isSubscribed: z.boolean() });
const theme = z.object({
  tenantId,
  themeId: z.string(),
  name: z.string().optional(),
  isThere: z.boolean().default(true),
});
const plan = z.object({ tenantId, approvalsLeft: z.number().int().min(0).nullable() });
const denied = z.object({ tenantId, denied: z.array(z.enum(actions)) });

export const setupLeverRoutes: Route[] = [
  lever("merge-contacts", merge, (scope, { from, into }) => {
    const source = found(contacts.get(scope, from), "contact");
    const target = found(contacts.get(scope, into), "contact");
    if (source.id === target.id || source.mergedTo || target.status !== "ACTIVE")
      throw new NotAllowed("Only two contacts of which the second is in use can be merged");
    return mergeContacts(scope, source, target);
  }),
  lever("tax-rate", taxRate, (scope, { taxType, ...change }) => {
    const before = found(taxRates.named(scope, taxType)[0], "tax rate");
    const { percent } = change;
    const parts = before.isOwn && percent !== undefined ? { components: [onePart(percent)] } : {};
    return saveTaxRate(scope, { ...before, ...present(change), ...parts });
  }),
  lever("currency", currency, (scope, { code, isSubscribed }) => {
    const [before] = currencies.named(scope, code);
    if (before && !isSubscribed) currencies.remove(scope, before.id);
    if (before || !isSubscribed) return undefined;
    const description = new Intl.DisplayNames("en", { type: "currency" }).of(code) ?? code;
    return currencies.put(scope, { id: crypto.randomUUID(), code, description, dayRate: 1 });
  }),
  lever("branding-theme", theme, (scope, { themeId, name, isThere }) => {
    const before = found(brandingThemes.get(scope, themeId), "branding theme");
    if (isThere) return brandingThemes.put(scope, { ...before, name: name ?? before.name });
    // The first one is the default of every new document (Xero Central, Settings_InvoiceBrandingDefault): one always stays.
    if (brandingThemes.list(scope, {}).length === 1) throw new NotAllowed("The last branding theme stays");
    brandingThemes.remove(scope, themeId);
    return undefined;
  }),
  lever("plan-limit", plan, (scope, { approvalsLeft }) => {
    const { approvalsLeft: _, ...open } = found(organisationOf(scope), "organisation");
    return organisations.put(scope, { ...open, ...(approvalsLeft !== null && { approvalsLeft }) });
  }),
  lever("actions", denied, (scope, { denied }) =>
    organisations.put(scope, { ...found(organisationOf(scope), "organisation"), deniedActions: denied }),
  ),
];

const onePart = (percent: number): TaxComponent => ({
  ...{ name: "Tax", rate: Math.round(percent * 10_000), isCompound: false, isNonRecoverable: false },
});

function present(change: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(change).filter(([name, value]) => name !== "tenantId" && value !== undefined),
  );
}
