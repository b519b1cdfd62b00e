/**
 * What other systems left behind, from a file (docs/importing.md): retired Xero credentials of any firms of the desk, or
 * one organisation's record links. All faults of a file are printed at once, and then nothing was stored.
 */
import { readFileSync } from "node:fs";
import { boot } from "#lib/core/boot.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { FileFaults, faultInWords } from "#lib/core/text/file-faults.ts";
import { importLinksOfDesk } from "#lib/external-ids/import-links.ts";
import { reportInWords } from "#lib/external-ids/report.ts";
import { importedInWords } from "#lib/xero/apps/credential-rules.ts";
import { importCredentialsOfDesk } from "#lib/xero/apps/import-credentials.ts";
import { optionsOf } from "./options.ts";

const HELP = `npm run import -- credentials FILE
npm run import -- links FILE --firm COMPANY/FIRM --organisation SHORTCODE
The file is JSON or CSV: docs/importing.md.`;

const text = { type: "string" } as const;
const { values: given, positionals } = optionsOf(HELP, {
  allowPositionals: true,
  options: { firm: text, organisation: text },
});
const [what, path] = positionals;

function contents(): string {
  try {
    return readFileSync(path ?? "", "utf8");
  } catch (error) {
    throw new AppError("invalid", error instanceof Error ? error.message : "The file can't be read.");
  }
}

async function run(): Promise<string[]> {
  if (what === "credentials" && path) {
    const { summary, lines } = importedInWords(await importCredentialsOfDesk(db(), contents()));
    return [summary, ...lines];
  }
  if (what === "links" && path && given.firm && given.organisation) {
    const { firm, organisation } = given;
    const { summary, lines } = reportInWords(
      await importLinksOfDesk(db(), { firm, organisation, text: contents() }),
    );
    return [summary, ...lines];
  }
  throw new AppError("invalid", HELP);
}

boot();
try {
  for (const line of await run()) console.log(line);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  if (error instanceof FileFaults) for (const fault of error.faults) console.error(faultInWords(fault));
  console.error(error.message);
  process.exitCode = 1;
}
await closeDb();
