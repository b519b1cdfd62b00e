/** npm run preflight -- COMPANY/FIRM: all that is missing for each thing the desk does. Ends with 1 when something is. */
import { boot } from "#lib/core/boot.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { CAPABILITIES } from "#lib/preflight/finding.ts";
import { preflightOfDesk } from "#lib/preflight/run.ts";
import { CAPABILITY_WORDS, STATE_WORDS } from "#lib/preflight/words.ts";
import { optionsOf } from "./options.ts";

const USAGE = "npm run preflight -- COMPANY/FIRM";

const { positionals } = optionsOf(USAGE, { allowPositionals: true });
boot();
try {
  const [path] = positionals;
  if (!path) throw new AppError("invalid", USAGE);
  const findings = await preflightOfDesk(db(), path, new Date());
  for (const capability of CAPABILITIES) {
    console.log(`\n${CAPABILITY_WORDS[capability]}`);
    for (const { state, says } of findings.filter((finding) => finding.capability === capability))
      console.log(`  ${STATE_WORDS[state].word.padEnd(11)} ${says}`);
  }
  process.exitCode = findings.some(({ state }) => state === "fault") ? 1 : 0;
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await closeDb();
}
