import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { AppError } from "#lib/core/errors.ts";
import { needsSetUp } from "#lib/people/read.ts";
import { signIn } from "#lib/people/sign-in.ts";
import { testDb } from "#lib/testing/database.ts";
import { TEST_PASSWORD } from "#lib/testing/staff.ts";
import { currentTerms, findFirmForPayer } from "./read.ts";
import { type FirstSetUp, setUp } from "./set-up.ts";

const db = testDb();
const first = (name: string): FirstSetUp => ({
  company: { name: "QuickFee", slug: "quickfee" },
  firm: { name: "Demo Accountants", slug: "demo" },
  owner: { name, email: `${name}@example.com`, password: TEST_PASSWORD },
});

const told = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "done",
    ({ code, field }: AppError) => `${code} ${field}`,
  );

test("a bad answer sets up nothing and names its field", async () => {
  const good = first("ada");
  expect(await told(setUp(db(), { ...good, owner: { ...good.owner, password: "short" } }))).toBe(
    "invalid password",
  );
  expect(await told(setUp(db(), { ...good, owner: { ...good.owner, email: "ada" } }))).toBe("invalid email");
  expect(await told(setUp(db(), { ...good, company: { name: "Q", slug: "Q!" } }))).toBe(
    "invalid companySlug",
  );
  expect(await told(setUp(db(), { ...good, firm: { name: "D", slug: "new" } }))).toBe("invalid firmSlug");
  expect(await needsSetUp(db())).toBe(true);
});

test("of five that set up at once one becomes the owner, and the door is shut behind them", async () => {
  const names = ["ada", "bob", "cyd", "dee", "eve"];
  const answers = await Promise.all(names.map((name) => told(setUp(db(), first(name)))));
  expect(answers.filter((answer) => answer === "done")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "conflict undefined")).toHaveLength(4);
  const { rows } = await db().execute(
    sql`select (select count(*) from users)::int u, (select count(*) from companies)::int c`,
  );
  expect(rows[0]).toEqual({ u: 1, c: 1 });
  expect(await needsSetUp(db())).toBe(false);
  expect(await told(setUp(db(), { ...first("zed"), company: { name: "Z", slug: "zed" } }))).toBe(
    "conflict undefined",
  );
});

test("its owner can sign in and its firm can be paid", async () => {
  const { rows } = await db().execute<{ email: string }>(sql`select email from users`);
  const email = rows[0]?.email ?? "";
  expect(
    await signIn(db(), { email, password: TEST_PASSWORD, ip: null, userAgent: null, device: null }),
  ).toBeTruthy();
  const payers = await findFirmForPayer(db(), "quickfee", "demo");
  expect(payers).toMatchObject({
    name: "Demo Accountants",
    companyName: "QuickFee",
    privacy: "code",
  });
  expect(await currentTerms(db(), payers?.firmId ?? "")).toMatchObject({
    version: 1,
    body: expect.stringContaining("What you are paying"),
  });
});
