/** TaxRates (xero-platform.md 3.6; DOC taxrates): one is made or changed a request. */
import { type Folded, text } from "../../body.ts";
import { type Call, type Endpoint, envelope } from "../../call.ts";
import { notFound } from "../../errors.ts";
import type { TaxComponent, TaxRate } from "../../model.ts";
import { fields, valueInside } from "../../query/fields.ts";
import { taxRates } from "../../store/books.ts";
import type { Stored } from "../../store/rows.ts";
import { decimal, type Wire } from "../../wire.ts";
import { list } from "../list.ts";
import { demand, writeAll } from "../write.ts";
import { createTaxRate, findTaxRate, updateTaxRate } from "./write.ts";

const known = fields("TaxRate", {
  Name: ["reference", "text"],
  TaxType: ["label", "text"],
  EffectiveRate: [valueInside("percent"), "number"],
  Status: ["status", "text"],
});

export const taxRateEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/TaxRates",
    scopes: ["accounting.settings"],
    handler(call) {
      const { rows } = list(call, taxRates, { fields: known, pages: false, since: false });
      return envelope(call, { TaxRates: rows.map(toWire) });
    },
  },
  {
    method: "GET",
    pattern: "/TaxRates/:taxType",
    scopes: ["accounting.settings"],
    handler(call) {
      const [rate] = taxRates.named(call, call.params.taxType ?? "");
      if (!rate) throw notFound();
      return envelope(call, { TaxRates: [toWire(rate)] });
    },
  },
  {
    method: "PUT",
    pattern: "/TaxRates",
    scopes: ["accounting.settings"],
    handler: (call) => write(call, (body) => createTaxRate(call, body)),
  },
  {
    method: "POST",
    pattern: "/TaxRates",
    scopes: ["accounting.settings"],
    handler: (call) => write(call, (body) => createOrUpdate(call, body)),
  },
];

/** XeroAPI/xero-ruby 200: of several, only the first is made, without a word. */
function write(call: Call, change: (body: Folded) => Stored<TaxRate>) {
  return writeAll(call, {
    ...{ name: "TaxRates", only: "first" },
    write: (body) => toWire(change(body)),
  });
}

function createOrUpdate(call: Call, body: Folded): Stored<TaxRate> {
  const found = findTaxRate(call, body);
  const taxType = text(body, "TaxType");
  demand(taxType && !found ? [`The TaxType code '${taxType}' does not exist`] : []);
  return found ? updateTaxRate(call, found, body) : createTaxRate(call, body);
}

function toWire(taxRate: TaxRate): Wire {
  const { name, taxType, reportTaxType, percent, canApplyTo, status = "ACTIVE", components } = taxRate;
  const Rate = decimal(Math.round(percent * 10_000), 4);
  return {
    Name: name,
    TaxType: taxType,
    ...(reportTaxType && { ReportTaxType: reportTaxType }),
    CanApplyToAssets: canApplyTo.includes("ASSET"),
    CanApplyToEquity: canApplyTo.includes("EQUITY"),
    CanApplyToExpenses: canApplyTo.includes("EXPENSE"),
    CanApplyToLiabilities: canApplyTo.includes("LIABILITY"),
    CanApplyToRevenue: canApplyTo.includes("REVENUE"),
    DisplayTaxRate: Rate,
    EffectiveRate: Rate,
    Status: status,
    TaxComponents: components?.map(componentToWire) ?? [
      { Name: "Tax", Rate, IsCompound: false, IsNonRecoverable: false },
    ],
  };
}

const componentToWire = ({ name, rate, isCompound, isNonRecoverable }: TaxComponent): Wire => ({
  ...{ Name: name, Rate: decimal(rate, 4), IsCompound: isCompound, IsNonRecoverable: isNonRecoverable },
});
