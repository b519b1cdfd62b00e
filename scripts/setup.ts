/**
 * The first owner, company and firm, from a shell: `npm run setup`, or with flags and the password on standard input:
 * `npm run setup -- --company QuickFee --name "Ada Lane" --email ada@example.com < password.txt`. Later, for an owner who
 * forgot the password: `npm run setup -- --new-password-for ada@example.com`.
 */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { boot } from "#lib/core/boot.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { AppError } from "#lib/core/errors.ts";
import { setUp } from "#lib/firms/set-up.ts";
import { slugFrom } from "#lib/firms/slugs.ts";
import { issuePasswordLinkTo } from "#lib/people/password-links.ts";
import { optionsOf } from "./options.ts";

const HELP = `npm run setup -- [options]     what is not given is asked for
  --company NAME    who runs this desk         --slug SLUG        the company in links
  --firm NAME       its first firm             --firm-slug SLUG   the firm in links
  --name NAME       the owner                  --email ADDRESS    the owner's sign-in
The password is asked for without showing it, or read from standard input.

npm run setup -- --new-password-for ADDRESS      prints a link with which this person sets a new one`;

const text = { type: "string" } as const;
const { values: given } = optionsOf(HELP, {
  options: {
    company: text,
    slug: text,
    firm: text,
    "firm-slug": text,
    name: text,
    email: text,
    "new-password-for": text,
  },
});

const isTerminal = process.stdin.isTTY === true;
const screen = new (class extends Writable {
  isMuted = false;
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void) {
    if (!this.isMuted) process.stdout.write(chunk);
    done();
  }
})();
const lines = createInterface({ input: process.stdin, output: screen, terminal: isTerminal });

async function ask(question: string, flag: string | undefined, otherwise = ""): Promise<string> {
  if (flag) return flag.trim();
  if (!isTerminal) {
    if (otherwise) return otherwise;
    throw new AppError("invalid", `${question}: give it as a flag (see --help).`);
  }
  const answer = await lines.question(`${question}${otherwise ? ` [${otherwise}]` : ""}: `);
  return answer.trim() || otherwise;
}

async function askPassword(): Promise<string> {
  if (!isTerminal) {
    for await (const line of lines) return line;
    return "";
  }
  process.stdout.write("Password, at least 15 characters (not shown): ");
  screen.isMuted = true;
  const password = await lines.question("");
  screen.isMuted = false;
  process.stdout.write("\n");
  return password;
}

async function printLink(email: string): Promise<void> {
  const token = await issuePasswordLinkTo(db(), email);
  if (!token) throw new AppError("not_found", `Nobody here has the e-mail ${email}.`);
  console.log(`Good for three days, once: ${env().PUBLIC_ORIGIN}/sign-in/password/${token}`);
}

async function main(): Promise<void> {
  const company = await ask("Company", given.company);
  const companySlug = await ask("Company in links", given.slug, slugFrom(company));
  const firm = await ask("First firm", given.firm, company);
  const firmSlug = await ask("Firm in links", given["firm-slug"], slugFrom(firm));
  const name = await ask("Your name", given.name);
  const email = await ask("Your e-mail", given.email);
  const password = await askPassword();
  await setUp(db(), {
    company: { name: company, slug: companySlug },
    firm: { name: firm, slug: firmSlug },
    owner: { name, email, password },
  });
  console.log(`${company} and its firm ${firm} are set up. Sign in as ${email}.`);
}

boot();
try {
  await (given["new-password-for"] ? printLink(given["new-password-for"]) : main());
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
lines.close();
await closeDb();
