"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { allowTestPayments } from "#lib/processor/allow-test.ts";
import { renewKey, saveAccount } from "#lib/processor/save-account.ts";
import { saveMethods } from "#lib/processor/save-methods.ts";
import { saveWebhookSecret } from "#lib/processor/webhooks/save-webhook-secret.ts";

const keyForm = z.strictObject({ secretKey: line(300, "Paste the secret key.") });

export const sendKey = firmAction(keyForm, "settings", async ({ secretKey }, caller) => {
  const saved = await saveAccount(db(), caller, { secretKey });
  refresh();
  const webhook = {
    registered: "Its events are sent here.",
    pasted: "Its events come by the signing secret that you pasted.",
    missing: "Stripe can't reach this address to send events: paste a signing secret below.",
  }[saved.webhook];
  const shared = saved.isShared
    ? " Another firm of this desk uses this account: payouts that hold payments of both wait for a person."
    : "";
  return `Tested and saved: ${saved.displayName}, ${saved.livemode ? "live" : "test"} mode. ${webhook}${shared}`;
});

const renewForm = keyForm.extend({ accountId: z.uuid() });

export const sendRenewedKey = firmAction(renewForm, "settings", async (renewed, caller) => {
  const { displayName } = await renewKey(db(), caller, renewed);
  refresh();
  return `Tested and saved for what ${displayName} has begun. New payments go by the account above, as before.`;
});

const testForm = z.strictObject({ allowed: z.literal("yes").optional() });

export const sendTestPayments = firmAction(testForm, "settings", async ({ allowed }, caller) => {
  await allowTestPayments(db(), caller, { allowed: allowed === "yes" });
  refresh();
  return allowed
    ? "Saved: test payments are taken. Every page, receipt and reference says so."
    : "Saved: nobody can pay before the live key is saved.";
});

const methodsForm = z.strictObject({ takesDebits: z.literal("yes").optional() });

export const sendMethods = firmAction(methodsForm, "settings", async ({ takesDebits }, caller) => {
  await saveMethods(db(), caller, { takesDebits: takesDebits === "yes" });
  refresh();
  return takesDebits ? "Saved: payers may choose a bank debit." : "Saved: payers pay by card.";
});

const secretForm = z.strictObject({ webhookSecret: line(300, "Paste the signing secret.") });

export const sendWebhookSecret = firmAction(secretForm, "settings", async ({ webhookSecret }, caller) => {
  await saveWebhookSecret(db(), caller, { secret: webhookSecret });
  refresh();
  return "Saved. The next event shows whether it is the right one.";
});
