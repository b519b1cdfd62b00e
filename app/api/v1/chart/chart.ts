import { z } from "zod";
import { operation } from "#app/door/api/operation.ts";
import { db } from "#lib/core/db.ts";
import { readChart } from "#lib/mirror/chart.ts";

const chart = z
  .strictObject({
    organisation: z.string().meta({ description: "As Xero has it.", example: "Demo Accountants Pty Ltd" }),
    accounts: z
      .array(
        z.strictObject({
          code: z.string().meta({ example: "200" }),
          name: z.string().meta({ example: "Sales" }),
          type: z.string().meta({ description: "Xero's account type.", example: "REVENUE" }),
        }),
      )
      .meta({ description: "Active accounts that have a code, by code." }),
    taxRates: z
      .array(
        z.strictObject({
          taxType: z.string().meta({ description: "Xero's TaxType.", example: "OUTPUT" }),
          name: z.string().meta({ example: "GST on Income" }),
          percent: z.string().meta({ description: "The effective rate, a decimal.", example: "10" }),
        }),
      )
      .meta({ description: "Active tax rates, by name." }),
    currencies: z
      .array(z.string().meta({ example: "AUD" }))
      .meta({ description: "Those that the organisation is subscribed to: ISO 4217 codes." }),
    asOf: z.iso.datetime().nullable().meta({
      description: "When all of it was read from Xero last; null while it is being read for the first time.",
    }),
  })
  .meta({ id: "Chart" });

export const getChart = operation({
  method: "GET",
  path: "/chart",
  id: "getChart",
  summary: "What the organisation's books offer",
  description:
    "Accounts, tax rates and currencies of the key's organisation, as the desk's mirror of Xero has them. Xero is not asked.",
  scope: "read",
  answer: chart,
  async run({ connectionId, organisationName }) {
    const { asOf, ...offered } = await readChart(db(), connectionId);
    return { organisation: organisationName, ...offered, asOf: asOf?.toISOString() ?? null };
  },
});
