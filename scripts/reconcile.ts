/**
 * npm run reconcile -- --firm COMPANY/FIRM [--all]: compares Stripe, Xero and this desk now, of late or over the last three
 * months; repairs what is safe and prints it, and what disagrees. Ends with 1 while anything does, or could not be asked.
 */
import { boot } from "#lib/core/boot.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { closeQueue } from "#lib/core/queue/queue.ts";
import { findFirmByPath } from "#lib/firms/read.ts";
import { seeToGap } from "#lib/jobs/after-gap.ts";
import { breaksOfFirm } from "#lib/reconcile/read.ts";
import { reconcileFirm, removeDoubles } from "#lib/reconcile/run.ts";
import { BREAK_WORDS } from "#lib/reconcile/words.ts";
import { optionsOf } from "./options.ts";

const USAGE = "npm run reconcile -- --firm COMPANY/FIRM [--all]";

const { values } = optionsOf(USAGE, { options: { firm: { type: "string" }, all: { type: "boolean" } } });
boot();
try {
  const path = values.firm;
  if (!path) throw new AppError("invalid", USAGE);
  const firm = await findFirmByPath(db(), path);
  if (!firm) throw new AppError("not_found", `There is no firm ${path} on this desk.`);
  // A database that was just restored must know it before it is compared.
  await seeToGap(db());
  const done = await reconcileFirm(db(), firm.firmId, values.all ? "all" : "recent");
  const doubles = await removeDoubles(db());
  console.log(
    `Kept: ${done.payments} payments, ${done.refunds} refunds, ${done.disputes} disputes. Postings made again: ${done.postings}. Doubles being taken off: ${doubles}.`,
  );
  for (const side of done.silent) console.error(`Could not be asked: ${side}.`);
  const open = await breaksOfFirm(db(), firm.firmId);
  for (const { kind, subject, reference, here, there, openedAt } of open) {
    console.log(
      `${openedAt.toISOString()}  ${BREAK_WORDS[kind].title}: ${reference ?? ""} ${subject}\n  here: ${here} · there: ${there}\n  ${BREAK_WORDS[kind].fix}`,
    );
  }
  console.log(open.length === 0 ? "Nothing disagrees." : `${open.length} disagree.`);
  process.exitCode = open.length + done.silent.length > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await closeQueue();
  await closeDb();
}
