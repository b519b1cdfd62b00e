/** Rates that an app makes (DOC taxrates; xero-documents 8). Words without a source are ours. */
import { randomUUID } from "node:crypto";
import { children, type Folded, flag, text, units, word } from "../../body.ts";
import type { Call } from "../../call.ts";
import {
  type AccountClass,
  accountClasses,
  type Country,
  type TaxComponent,
  type TaxRate,
} from "../../model.ts";
import { taxRates } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { demand } from "../write.ts";

const statuses = ["ACTIVE", "DELETED", "ARCHIVED"] as const;
const isFinal = (status: TaxRate["status"]) => status === "DELETED" || status === "ARCHIVED";

/** Where a rate needs one, and which of them can be made (DOC types, ReportTaxTypes). */
const reportTypes: Record<Country, string[] | undefined> = {
  AU: ["OUTPUT", "INPUT", "EXEMPTOUTPUT", "INPUTTAXED", "BASEXCLUDED", "EXEMPTEXPENSES"],
  GB: [
    ...["OUTPUT", "INPUT", "EXEMPTOUTPUT", "EXEMPTINPUT", "ECOUTPUT", "ECOUTPUTSERVICES", "ECINPUT"],
    ...["ECACQUISITIONS", "CAPITALSALESOUTPUT", "CAPITALEXPENSESINPUT", "MOSSSALES"],
  ],
  US: undefined,
};

export function createTaxRate(call: Call, body: Folded): Stored<TaxRate> {
  const components = componentsOf(body) ?? [];
  const rate: TaxRate = {
    ...{ id: randomUUID(), name: text(body, "Name") ?? "", taxType: nextCode(call), isOwn: true, components },
    percent: effectiveRate(components),
    canApplyTo: [...accountClasses],
    ...reportOf(body),
  };
  const isOver = isFinal(word(body, "Status", statuses));
  demand([
    ...(text(body, "TaxType") ? ["TaxType can only be used on update calls"] : []),
    ...(isOver ? ["The Status of a new tax rate can only be ACTIVE"] : []),
    ...faultsOfReport(call, rate),
    ...faultsOf(call, rate),
  ]);
  return saveTaxRate(call, rate);
}

export function updateTaxRate(call: Call, before: Stored<TaxRate>, body: Folded): Stored<TaxRate> {
  demand(before.isOwn ? [] : ["System defined tax rates cannot be updated"]);
  demand(isFinal(before.status) ? [`A tax rate that is ${before.status} cannot be updated`] : []);
  const status = word(body, "Status", statuses) ?? before.status ?? "ACTIVE";
  const sent = componentsOf(body);
  const components = sent ?? before.components ?? [];
  const isLess = before.components?.some(({ name }) => components.every((one) => one.name !== name));
  const after: TaxRate = {
    ...before,
    ...{ name: text(body, "Name") ?? before.name, components, percent: effectiveRate(components) },
    ...reportOf(body),
    status,
  };
  demand([
    // xero-documents 8: "resend all".
    ...(sent || isFinal(status) ? [] : ["TaxComponents must be specified"]),
    ...(isLess ? ["Tax components cannot be removed or renamed"] : []),
    ...faultsOfReport(call, after),
    ...faultsOf(call, after),
  ]);
  return saveTaxRate(call, after);
}

/** Also the control API's way to change one "in Xero". */
export function saveTaxRate(scope: Scope, rate: TaxRate): Stored<TaxRate> {
  const { name, taxType, percent, status = "ACTIVE" } = rate;
  const { tenantId, world } = scope;
  world.journal.write("xero.tax-rate.saved", { tenantId, taxType, name, percent, status });
  return taxRates.put(scope, rate);
}

/** DOC taxrates: a POST finds by TaxType or Name; another rate than was meant may be hit (calcinai/xero-php 872). */
export function findTaxRate(scope: Scope, body: Folded): Stored<TaxRate> | undefined {
  const taxType = text(body, "TaxType");
  if (taxType) return taxRates.named(scope, taxType)[0];
  return named(scope, text(body, "Name") ?? "")[0];
}

const named = (scope: Scope, name: string) =>
  taxRates.list(scope, { where: { text: "reference = ?", values: [name] }, order: "status, seq" });

function faultsOf(scope: Scope, { id, name, components = [] }: TaxRate): string[] {
  const isTaken = named(scope, name).some((other) => other.id !== id && other.status !== "DELETED");
  return [
    ...(name ? [] : ["Name must be specified"]),
    ...(isTaken ? [`A tax rate with the name ${name} already exists`] : []),
    ...(components.length > 0 ? [] : ["A tax rate must have at least one tax component"]),
    ...(components.every((one) => one.name) ? [] : ["Name of a tax component must be specified"]),
    // DOC taxrates: "only applicable to Canadian organisations", of which there is none here.
    ...(components.some(({ isNonRecoverable }) => isNonRecoverable)
      ? ["Non-recoverable tax components are only applicable to Canadian organisations"]
      : []),
  ];
}

function componentsOf(body: Folded): TaxComponent[] | undefined {
  return children(body, "TaxComponents")?.map((one) => ({
    name: text(one, "Name") ?? "",
    rate: units(one, "Rate", 4) ?? 0,
    isCompound: flag(one, "IsCompound") ?? false,
    isNonRecoverable: flag(one, "IsNonRecoverable") ?? false,
  }));
}

/** Percent with four decimals: a compound component is on top of the others. */
function effectiveRate(components: TaxComponent[]): number {
  const sum = (compound: boolean) =>
    components.filter((one) => one.isCompound === compound).reduce((total, { rate }) => total + rate, 0);
  const [plain, compound] = [sum(false), sum(true)];
  return (plain + Math.round((compound * (1_000_000 + plain)) / 1_000_000)) / 10_000;
}

/** What it reports as, and so where it can be used: as Xero's own of that kind (DOC taxrates, "Tax Rate Constraints"). */
function reportOf(body: Folded): Partial<TaxRate> {
  const reportTaxType = text(body, "ReportTaxType")?.toUpperCase();
  if (!reportTaxType) return {};
  const isSales = /OUTPUT|SALES/.test(reportTaxType);
  const isPurchases = /INPUT$|EXPENSES|ACQUISITIONS/.test(reportTaxType);
  const never: AccountClass[] = isSales ? ["EXPENSE"] : isPurchases ? ["REVENUE"] : [];
  const canApplyTo = accountClasses.filter((one) =>
    reportTaxType.startsWith("CAPITAL") ? one === "ASSET" : !never.includes(one),
  );
  return { reportTaxType, canApplyTo };
}

function faultsOfReport({ organisation }: Call, { reportTaxType }: TaxRate): string[] {
  const known = reportTypes[organisation.country];
  if (!known) return [];
  if (!reportTaxType) return ["ReportTaxType must be specified"];
  return known.includes(reportTaxType)
    ? []
    : [`The ReportTaxType '${reportTaxType}' cannot be used for a tax rate of an app`];
}

/** xero-documents 8: "New rates become TAX001…". */
function nextCode(scope: Scope): string {
  for (let next = 1; ; next++) {
    const code = `TAX${String(next).padStart(3, "0")}`;
    if (taxRates.named(scope, code).length === 0) return code;
  }
}
