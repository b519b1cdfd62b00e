/**
 * npm run erase-payer -- --email ADDRESS [--firm COMPANY/FIRM] [--yes]: erases a payer's name, e-mail, address and browser, of
 * one firm or of all. Shows first what it would erase and asks; with --yes it asks nothing. Ends with 1 while anything is left.
 */
import { createInterface } from "node:readline/promises";
import { type Erased, erasePayer } from "#lib/checkout/erase-payer.ts";
import { boot } from "#lib/core/boot.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { listFirmPaths } from "#lib/firms/read.ts";
import { optionsOf } from "./options.ts";

const USAGE = "npm run erase-payer -- --email ADDRESS [--firm COMPANY/FIRM] [--yes]";

const { values } = optionsOf(USAGE, {
  options: { email: { type: "string" }, firm: { type: "string" }, yes: { type: "boolean" } },
});
const email = values.email?.trim() ?? "";
if (!email.includes("@")) end(USAGE);
boot();
try {
  await main();
} finally {
  await closeDb();
}

async function main(): Promise<void> {
  const firms = (await listFirmPaths(db())).filter(({ path }) => !values.firm || path === values.firm);
  if (firms.length === 0) return fail(`There is no firm ${values.firm} on this desk.`);
  const planned = await ofEach(firms, false);
  const found = planned.filter(({ erased }) => Object.values(erased).some((count) => count > 0));
  if (found.length === 0) return console.log(`Nothing here is known of ${email}.`);

  for (const { path, erased } of found) console.log(`${path}: ${inWords(erased)}`);
  console.log(
    "Kept for the books: amounts, days, invoices, accepted terms, ids at Stripe and in Xero, a card's last digits.\n" +
      "Stripe has the e-mail too: erase the customer in its dashboard. Backups made before hold all of it.",
  );
  if (!values.yes && !(await isSure())) return fail("Nothing was erased.");

  const done = await ofEach(found, true);
  console.log("Erased.");
  if (done.some(({ erased }) => erased.moving + erased.waiting > 0))
    fail("What is moving, disputed or still to be written was left: run this again once it is settled.");
}

async function ofEach(
  firms: { firmId: string; path: string }[],
  really: boolean,
): Promise<{ firmId: string; path: string; erased: Erased }[]> {
  const all = [];
  for (const { firmId, path } of firms)
    all.push({ firmId, path, erased: await erasePayer(db(), { firmId, email }, really) });
  return all;
}

function inWords({
  payments,
  unpaid,
  typed,
  emails,
  lines,
  orders,
  moving,
  waiting,
  contacts,
}: Erased): string {
  const parts = [
    `${payments} payments`,
    `${unpaid} tries that were not paid`,
    `${typed} forms`,
    `${emails} e-mails on record`,
    `${orders} orders`,
    `the address in ${lines} lines of the timeline`,
  ];
  return [
    `would erase who made ${parts.join(", ")}.`,
    moving > 0 ? `Left: ${moving} whose money is moving or disputed.` : null,
    waiting > 0 ? `Left: ${waiting} orders that may still be written to Xero.` : null,
    contacts > 0
      ? `${contacts} contacts in Xero have this e-mail: change them there, our copy follows.`
      : null,
  ]
    .filter(Boolean)
    .join(" ");
}

/** Where nobody can be asked, nobody is sure. */
async function isSure(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error("Add --yes to erase.");
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question("This can't be undone. Type the e-mail again to erase: ");
  lines.close();
  return answer.trim().toLowerCase() === email.toLowerCase();
}

function fail(what: string): void {
  console.error(what);
  process.exitCode = 1;
}

function end(what: string): never {
  console.error(what);
  process.exit(1);
}
