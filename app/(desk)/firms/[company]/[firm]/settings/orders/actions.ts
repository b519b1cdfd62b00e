"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { optionalLine } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { addCurrency } from "#lib/mapping/add-currency.ts";
import { saveOrderSettings } from "#lib/mapping/save-settings.ts";

const DAYS = "Type a whole number from 0 to 365.";
const optionalCode = z
  .string()
  .max(100)
  .transform((code) => code || null);

const settingsForm = z.strictObject({
  connectionId: z.uuid(),
  process: z.enum(["untracked", "tracked"]),
  invoiceStatus: z.enum(["AUTHORISED", "DRAFT"]),
  numbering: z.enum(["order", "xero"]),
  // xero-documents 2.1: printable ASCII; 14: invoices are looked up by lists of numbers, with commas between.
  numberPrefix: z
    .string()
    .trim()
    .max(40, "Use at most 40 characters.")
    .regex(/^[\x20-\x2b\x2d-\x7e]*$/, "Use letters A to Z, digits and signs such as - and /, but no comma."),
  dueDays: z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, DAYS)
    .transform(Number)
    .refine((days) => days <= 365, DAYS),
  salesAccountCode: z.string().min(1, "Choose an account.").max(100),
  salesTaxType: optionalCode,
  costAccountCode: optionalCode,
  inventoryAccountCode: optionalCode,
  roundingAccountCode: optionalCode,
  // xero-documents 6: a contact's name has 255 characters at most.
  cashContact: optionalLine(255),
  supplierContact: optionalLine(255),
  emailInvoices: z.enum(["yes", "no"]).transform((answer) => answer === "yes"),
  onLocked: z.enum(["hold", "next_open_day"]),
  onCancel: z.enum(["void", "credit"]),
  onUnmapped: z.enum(["fallback", "hold"]),
});

export const sendOrderSettings = firmAction(settingsForm, "settings", async (typed, caller) => {
  await saveOrderSettings(db(), caller, typed);
  refresh();
  return "Saved. Orders become documents in Xero by these settings.";
});

const currencyForm = z.strictObject({
  connectionId: z.uuid(),
  code: z.string().trim().toUpperCase().max(3, "Type the three letters of the currency, as in EUR."),
});

export const sendCurrency = firmAction(currencyForm, "settings", async (typed, caller) => {
  await addCurrency(db(), caller, typed);
  refresh();
  return `Xero has ${typed.code} now. Orders that were held for it go on.`;
});
