"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { personAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { createFirm } from "#lib/firms/create.ts";

const form = z.strictObject({
  companySlug: z.string(),
  name: line(100, "Type the firm's name."),
  firmSlug: line(63, "Type a short name for links."),
});

export const sendNewFirm = personAction(form, async ({ companySlug, firmSlug, name }, { actor }) => {
  await createFirm(db(), actor, { companySlug, slug: firmSlug, name });
  redirect(`/firms/${companySlug}/${firmSlug}` as Route);
});
