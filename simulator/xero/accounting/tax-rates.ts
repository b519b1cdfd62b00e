/** GET /TaxRates (xero-platform.md 3.6). */
import { type Endpoint, envelope } from "../call.ts";
import { notFound } from "../errors.ts";
import type { TaxRate } from "../model.ts";
import { fields, valueInside } from "../query/fields.ts";
import { taxRates } from "../store/books.ts";
import { decimal, type Wire } from "../wire.ts";
import { list } from "./list.ts";

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
      const { rows } = list(call, taxRates, { fields: known, pages: false });
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
];

function toWire({ name, taxType, percent, sales, purchases, status = "ACTIVE" }: TaxRate): Wire {
  const Rate = decimal(Math.round(percent * 10_000), 4);
  return {
    Name: name,
    TaxType: taxType,
    CanApplyToAssets: true,
    CanApplyToEquity: true,
    CanApplyToExpenses: purchases,
    CanApplyToLiabilities: true,
    CanApplyToRevenue: sales,
    DisplayTaxRate: Rate,
    EffectiveRate: Rate,
    Status: status,
    TaxComponents: [{ Name: "Tax", Rate, IsCompound: false, IsNonRecoverable: false }],
  };
}
