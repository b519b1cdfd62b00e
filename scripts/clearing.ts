/**
 * npm run clearing -- --firm COMPANY/FIRM: what each clearing account of a firm holds, cause by cause, asked of Xero now.
 * Ends with 1 when a cent of it waits for a person.
 */
import { boot } from "#lib/core/boot.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import { checkClearingOfFirm } from "#lib/payouts/clearing/check-clearing.ts";
import { aboutInWords, CAUSE_WORDS } from "#lib/payouts/clearing/clearing-words.ts";
import { optionsOf } from "./options.ts";

const USAGE = "npm run clearing -- --firm COMPANY/FIRM";

const { values } = optionsOf(USAGE, { options: { firm: { type: "string" } } });
boot();
try {
  if (!values.firm) throw new AppError("invalid", USAGE);
  for (const { organisationName, report } of await checkClearingOfFirm(db(), values.firm)) {
    const money = (minor: string) => formatMoney({ minor: BigInt(minor), currency: report.currency });
    console.log(
      `\n${organisationName}: ${report.isRight ? "clearing is right" : "please look"}, ${money(report.balance)}`,
    );
    for (const { cause, sum, count, lines } of report.parts) {
      console.log(`  ${money(sum).padStart(14)}  ${CAUSE_WORDS[cause].title} (${count})`);
      if (CAUSE_WORDS[cause].isRight) continue;
      console.log(`                  ${CAUSE_WORDS[cause].says}`);
      for (const line of lines)
        console.log(`  ${money(line.minor).padStart(14)}    ${aboutInWords(line.about)}`);
    }
    if (!report.isRight) process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await closeDb();
}
