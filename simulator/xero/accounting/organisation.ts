/** GET /Organisation and /Organisation/Actions (xero-platform.md 3.4). */
import { type Endpoint, envelope } from "../call.ts";
import { dayToMs } from "../dates.ts";
import type { Country, Organisation } from "../model.ts";
import { bareInstant, instant, type Wire } from "../wire.ts";

const versions: Record<Country, string> = { AU: "AU", GB: "UK", US: "US" };
const yearEnds: Record<Country, [day: number, month: number]> = { AU: [30, 6], GB: [31, 3], US: [31, 12] };

export const organisationEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/Organisation",
    scopes: ["accounting.settings"],
    handler: (call) => envelope(call, { Organisations: [toWire(call.organisation)] }),
  },
  {
    method: "GET",
    pattern: "/Organisation/Actions",
    scopes: ["accounting.settings"],
    handler(call) {
      const denied = call.organisation.deniedActions ?? [];
      const Actions = actions.map((Name) => ({
        Name,
        Status: denied.includes(Name) ? "NOT-ALLOWED" : "ALLOWED",
      }));
      return envelope(call, { Actions });
    },
  },
];

/** DOC organisation, Actions: "because they differ between Xero plans"; the names that its examples and changelog have. */
export const actions = [
  ...["CreateDraftInvoice", "CreateApprovedInvoice", "CreateRepeatingInvoice", "CreateInvoicePayment"],
  ...["CreateDraftBill", "CreateApprovedBill", "CreateRepeatingBill", "AttachFilesIntoInvoice"],
  ...["CreateDraftPurchaseOrder", "CreateApprovedPurchaseOrder", "CreateDraftQuote", "CreateSentQuote"],
  ...["UseMulticurrency", "AdministerPayroll"],
];

function toWire(organisation: Organisation): Wire {
  const { country, periodLockDate, endOfYearLockDate, taxNumber } = organisation;
  const [FinancialYearEndDay, FinancialYearEndMonth] = yearEnds[country];
  return {
    Name: organisation.name,
    LegalName: organisation.legalName,
    PaysTax: country !== "US",
    Version: versions[country],
    OrganisationType: "COMPANY",
    BaseCurrency: organisation.baseCurrency,
    CountryCode: country,
    IsDemoCompany: organisation.isDemo,
    OrganisationStatus: "ACTIVE",
    ...(taxNumber && { TaxNumber: taxNumber }),
    FinancialYearEndDay,
    FinancialYearEndMonth,
    SalesTaxBasis: "ACCRUALS",
    SalesTaxPeriod: country === "AU" ? "QUARTERLY1" : "QUARTERLY",
    DefaultSalesTax: "Tax Exclusive",
    DefaultPurchasesTax: "Tax Exclusive",
    ...(periodLockDate && { PeriodLockDate: instant(dayToMs(periodLockDate)) }),
    ...(endOfYearLockDate && { EndOfYearLockDate: instant(dayToMs(endOfYearLockDate)) }),
    CreatedDateUTC: bareInstant(organisation.createdAt),
    OrganisationEntityType: "COMPANY",
    Timezone: organisation.timezone,
    ShortCode: organisation.shortCode,
    OrganisationID: organisation.id,
    Edition: "BUSINESS",
    Class: organisation.class,
    Addresses: [],
    Phones: [],
    ExternalLinks: [],
    PaymentTerms: {},
  };
}
