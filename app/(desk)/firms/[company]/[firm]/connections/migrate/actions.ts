"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { fileShape, textIn } from "#app/door/file-text.ts";
import { db } from "#lib/core/db.ts";
import { importLinks } from "#lib/external-ids/import-links.ts";
import { reportInWords } from "#lib/external-ids/report.ts";

const migrateForm = z.strictObject({
  ...fileShape,
  connectionId: z.uuid("Choose the organisation that the records are in."),
});

export const sendLinks = firmAction(migrateForm, "connect", async ({ connectionId, ...file }, caller) => {
  const report = await importLinks(db(), caller, { connectionId, text: await textIn(file) });
  refresh();
  const { summary, lines } = reportInWords(report);
  return { message: summary, lines };
});
