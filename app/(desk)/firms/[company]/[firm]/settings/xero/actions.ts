"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line, prose } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { saveXeroApp } from "#lib/xero/apps/save-app.ts";
import { saveCustomConnection } from "#lib/xero/apps/save-custom-connection.ts";

/** A secret as pasted, without the spaces that come along; empty keeps the one on file. */
const secret = z
  .string()
  .max(300, "This is longer than any that Xero gives out.")
  .transform((value) => value.trim())
  .refine((value) => !/\s/.test(value), "There is a space or a line break inside.");

const appForm = z.strictObject({
  clientId: line(64, "Paste the client id."),
  clientSecret: secret,
  webhookKey: secret,
  scopes: prose(2_000, "List the scopes to ask for."),
});

export const sendCustomApp = firmAction(appForm, "connect", async (input, caller) => {
  const { organisationName, again } = await saveCustomConnection(db(), caller, input);
  refresh();
  return again
    ? `Saved. ${organisationName} is connected through it.`
    : `Saved, and ${organisationName} is connected. Its invoices are being read now; that takes a few minutes.`;
});

type AppForm = z.output<typeof appForm>;

export const sendFirmApp = firmAction(appForm, "connect", (input, caller) => save("firm", input, caller));

export const sendCompanyApp = firmAction(appForm, "company", (input, caller) =>
  save("company", input, caller),
);

async function save(whose: "firm" | "company", input: AppForm, caller: FirmCaller): Promise<string> {
  const { clientIdChanged, scopesChanged } = await saveXeroApp(db(), caller, { whose, input });
  refresh();
  const said = ["Saved. Xero took this client id with its secret."];
  if (clientIdChanged)
    said.push("The app is another one now: connections made through the old one must be reconnected.");
  else if (scopesChanged) said.push("The new scopes count from the next Connect or Reconnect on.");
  return said.join(" ");
}
