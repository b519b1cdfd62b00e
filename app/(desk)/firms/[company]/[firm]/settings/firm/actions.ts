"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line, optionalLine, prose, ticked } from "#app/door/fields.ts";
import { accentPair } from "#components/accent-rules.ts";
import { db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { amountTyped, stepInWords } from "#lib/core/money/amount-typed.ts";
import { toDecimal } from "#lib/core/money/money.ts";
import { emailField } from "#lib/core/text/email.ts";
import {
  publishTerms,
  savePartPayment,
  savePrivacy,
  saveProfile,
  saveSurplusPolicy,
  saveTrust,
} from "#lib/firms/save-settings.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";

const profileForm = z.strictObject({
  name: line(100, "Type the firm's name."),
  supportEmail: optionalLine(254).pipe(emailField.nullable()),
  supportPhone: optionalLine(40),
  ownAccent: ticked,
  accent: z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, "Choose a colour."),
  logo: z.file().optional(),
  removeLogo: ticked,
});

export const sendProfile = firmAction(profileForm, "settings", async (typed, caller) => {
  const { logo: file, removeLogo, ownAccent, accent, ...rest } = typed;
  const logo = await logoFrom(file, removeLogo);
  await saveProfile(db(), caller, { ...rest, accent: ownAccent ? accent : null, logo });
  refresh();
  if (!ownAccent) return "Saved.";
  const { light } = accentPair(accent);
  return light === accent
    ? "Saved."
    : `Saved. On light pages your colour is drawn as ${light}, so that it can be read.`;
});

/** A file field that was left empty comes as a file without a byte. */
async function logoFrom(file: File | undefined, remove: boolean) {
  if (file && file.size > 0)
    return { kind: "replace" as const, bytes: new Uint8Array(await file.arrayBuffer()) };
  return { kind: remove ? ("remove" as const) : ("keep" as const) };
}

const privacyForm = z.strictObject({ privacy: z.enum(["open", "code"]), understood: ticked });

export const sendPrivacy = firmAction(privacyForm, "settings", async (typed, caller) => {
  await savePrivacy(db(), caller, typed);
  refresh();
  return typed.privacy === "open"
    ? "Saved. Links are open now."
    : "Saved. Other invoices need a code by e-mail now.";
});

const partForm = z.strictObject({
  on: ticked,
  currency: z.string(),
  minimum: optionalLine(40),
  fromInvoices: z.coerce
    .number("Type a number like 1.")
    .int("Type a number like 1.")
    .min(1, "At least 1.")
    .max(99, "At most 99."),
});

export const sendPartPayment = firmAction(partForm, "settings", async ({ on, ...typed }, caller) => {
  const { currency, minimum, fromInvoices } = typed;
  const books = await payConnections(db(), caller.firm.firmId);
  if (!books.some(({ baseCurrency }) => baseCurrency === currency))
    throw new AppError("conflict", "The organisation has changed. Look again, then save.");
  const minor = on ? amountTyped(minimum ?? "", currency) : null;
  if (on && minor === null) {
    const like = toDecimal({ minor: 5_000n, currency });
    throw new AppError("invalid", `Type an amount like ${like}${stepInWords(currency)}.`, {
      field: "minimum",
    });
  }
  await savePartPayment(db(), caller, minor === null ? null : { minimum: { minor, currency }, fromInvoices });
  refresh();
  return on ? "Saved. Clients may pay a part now." : "Saved. Each invoice is paid in full.";
});

const surplusForm = z.strictObject({ policy: z.enum(["ask", "overpayment", "next_invoice", "refund"]) });

export const sendSurplusPolicy = firmAction(surplusForm, "settings", async ({ policy }, caller) => {
  await saveSurplusPolicy(db(), caller, policy);
  refresh();
  return "Saved.";
});

const HOURS = "Type a whole number from 0 to 72.";
const trustForm = z.strictObject({
  hours: z
    .string()
    .trim()
    .regex(/^\d{1,2}$/, HOURS)
    .transform(Number)
    .refine((hours) => hours <= 72, HOURS),
});

export const sendTrust = firmAction(trustForm, "settings", async ({ hours }, caller) => {
  await saveTrust(db(), caller, hours);
  refresh();
  return hours === 0 ? "Saved. Nobody can pay while Xero is unavailable." : "Saved.";
});

const termsForm = z.strictObject({ body: prose(20_000, "Type the terms.") });

export const sendTerms = firmAction(termsForm, "settings", async ({ body }, caller) => {
  const version = await publishTerms(db(), caller, body);
  refresh();
  return `Version ${version} is published. Payers agree to it from now on.`;
});
