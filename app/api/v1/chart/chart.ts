import { z } from "zod";
import { operation } from "#app/door/api/operation.ts";
import { db } from "#lib/core/db.ts";
import { readChart } from "#lib/mirror/chart.ts";
import { ACCOUNT_CLASSES } from "#lib/xero/api/account-classes.ts";

const accountClass = z.enum(ACCOUNT_CLASSES);

const chart = z
  .strictObject({
    organisation: z.string().meta({ description: "As Xero has it.", example: "Demo Accountants Pty Ltd" }),
    accounts: z
      .array(
        z.strictObject({
          code: z.string().meta({ example: "200" }),
          name: z.string().meta({ example: "Sales" }),
          type: z.string().meta({ description: "Xero's account type.", example: "REVENUE" }),
          class: accountClass.nullable().meta({
            description: `By its type: ${ACCOUNT_CLASSES.join(", ")}; null of a type that the desk does not know.`,
            example: "revenue",
          }),
          taxType: z.string().nullable().meta({
            description: "What Xero taxes a line by that names this account and no tax.",
            example: "OUTPUT",
          }),
        }),
      )
      .meta({ description: "Active accounts that have a code, by code." }),
    taxRates: z
      .array(
        z.strictObject({
          taxType: z.string().meta({ description: "Xero's TaxType.", example: "OUTPUT" }),
          name: z.string().meta({ example: "GST on Income" }),
          percent: z.string().meta({ description: "The effective rate, a decimal.", example: "10" }),
          appliesTo: z.array(accountClass).meta({
            description: "The classes of accounts that Xero takes it with; none until Xero has been asked.",
            example: ["assets", "equity", "liabilities", "revenue"],
          }),
        }),
      )
      .meta({ description: "Active tax rates, by name." }),
    items: z
      .array(
        z.strictObject({
          code: z.string().meta({ example: "HOUR" }),
          name: z.string().nullable().meta({ example: "Consulting, by the hour" }),
          isSold: z.boolean().meta({ example: true }),
          isPurchased: z.boolean().meta({ example: false }),
          isTracked: z.boolean().meta({ description: "Xero counts what is in stock.", example: false }),
          salesAccountCode: z
            .string()
            .nullable()
            .meta({ description: "Where its sales go when a line names no account.", example: "200" }),
          salesTaxType: z.string().nullable().meta({
            description: "What its sales are taxed by when a line names no tax.",
            example: "OUTPUT",
          }),
        }),
      )
      .meta({ description: "Xero's items, by code." }),
    trackingCategories: z
      .array(
        z.strictObject({
          id: z.string().meta({
            description: "Xero's TrackingCategoryID.",
            example: "b1df776b-b093-4730-b6ea-590cca40e723",
          }),
          name: z.string().meta({ example: "Region" }),
          options: z.array(
            z.strictObject({
              id: z.string().meta({
                description: "Xero's TrackingOptionID; a new name keeps it.",
                example: "ae777a87-5ef3-4fa0-a4f0-d10e1f13073a",
              }),
              name: z.string().meta({ example: "West Coast" }),
            }),
          ),
        }),
      )
      .meta({ description: "Active tracking categories, by name, with their active options." }),
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
    "Accounts, tax rates, items, tracking categories and currencies of the key's organisation, as the desk's mirror of Xero has them. Xero is not asked.",
  scope: "read",
  answers: { 200: { description: "The chart.", schema: chart } },
  problems: [],
  async run({ connectionId, organisationName }) {
    const { asOf, ...offered } = await readChart(db(), connectionId);
    const body: z.input<typeof chart> = {
      ...{ organisation: organisationName, ...offered },
      asOf: asOf?.toISOString() ?? null,
    };
    return { status: 200, body };
  },
});
