"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { pageOf } from "#app/api/xero/connect-pages.ts";
import { firmAction } from "#app/door/action.ts";
import { ticked } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { pickOrganisation } from "#lib/xero/consent/finish-connect.ts";
import { disconnect } from "#lib/xero/organisations/disconnect.ts";

const disconnectForm = z.strictObject({ connectionId: z.uuid(), hereOnly: ticked });

export const sendDisconnect = firmAction(disconnectForm, "connect", async (input, caller) => {
  const { atXero, isCustom } = await disconnect(db(), caller, input);
  const { companySlug, firmSlug } = caller.firm;
  const result = isCustom ? "ended_custom" : atXero ? "disconnected" : "ended_here";
  redirect(`/firms/${companySlug}/${firmSlug}/connections?result=${result}` as Route);
});

const choiceForm = z.strictObject({
  flowId: z.uuid(),
  tenantId: z.string({ error: "Choose an organisation." }).min(1, "Choose an organisation.").max(100),
});

export const sendChoice = firmAction(choiceForm, "connect", async (input, caller) => {
  redirect(pageOf(await pickOrganisation(db(), caller, input)) as Route);
});
