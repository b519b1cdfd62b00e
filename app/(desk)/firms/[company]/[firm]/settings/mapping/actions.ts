"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { saveKind } from "#lib/mapping/save-kind.ts";
import { saveTender } from "#lib/mapping/save-tender.ts";

const optionalCode = z
  .string()
  .max(100)
  .transform((code) => code || null);

/** "category/option", by Xero's ids; a form leaves out what the organisation has no category for. */
const trackingOption = z
  .string()
  .max(200)
  .regex(/^([^/]+\/[^/]+)?$/, "Choose an option.")
  .optional()
  .transform((value) => {
    const [categoryId, optionId] = value?.split("/") ?? [];
    return categoryId && optionId ? { categoryId, optionId } : null;
  });

const mapped = {
  connectionId: z.uuid(),
  accountCode: optionalCode,
  taxType: optionalCode,
  costAccountCode: optionalCode,
  itemCode: optionalCode,
  firstTracking: trackingOption,
  secondTracking: trackingOption,
};
const kindForm = z.strictObject({ ...mapped, kindId: z.uuid() });
const newKindForm = z.strictObject({
  ...mapped,
  name: line(100, "Type the name as the orders will have it."),
});

export const sendKind = firmAction(kindForm, "settings", async ({ kindId, ...typed }, caller) => {
  const name = await saveKind(db(), caller, { ...typed, which: { kindId } });
  refresh();
  return `Saved: “${name}” is mapped.`;
});

export const sendNewKind = firmAction(newKindForm, "settings", async ({ name, ...typed }, caller) => {
  await saveKind(db(), caller, { ...typed, which: { name } });
  refresh();
  return `“${name}” is on the list.`;
});

const paid = { connectionId: z.uuid(), accountId: z.string().min(1, "Choose an account.").max(100) };
const tenderForm = z.strictObject({ ...paid, tenderId: z.uuid() });
const newTenderForm = z.strictObject({
  ...paid,
  name: line(100, "Type the name as the orders will have it."),
});

export const sendTender = firmAction(tenderForm, "settings", async ({ tenderId, ...typed }, caller) => {
  const name = await saveTender(db(), caller, { ...typed, which: { tenderId } });
  refresh();
  return `Saved: “${name}” is mapped.`;
});

export const sendNewTender = firmAction(newTenderForm, "settings", async ({ name, ...typed }, caller) => {
  await saveTender(db(), caller, { ...typed, which: { name } });
  refresh();
  return `“${name}” is on the list.`;
});
