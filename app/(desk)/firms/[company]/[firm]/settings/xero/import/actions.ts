"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { fileShape, textIn } from "#app/door/file-text.ts";
import { db } from "#lib/core/db.ts";
import { importedInWords } from "#lib/xero/apps/credential-rules.ts";
import { importCredentials } from "#lib/xero/apps/import-credentials.ts";

export const sendCredentials = firmAction(z.strictObject(fileShape), "connect", async (input, caller) => {
  const imported = await importCredentials(db(), caller, await textIn(input));
  refresh();
  const { summary, lines } = importedInWords(imported);
  return { message: summary, lines };
});
