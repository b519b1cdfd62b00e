import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { AppError } from "#lib/core/errors.ts";
import { testDb } from "#lib/testing/database.ts";
import { TEST_PASSWORD } from "#lib/testing/staff.ts";
import { findOrInvite } from "./invite.ts";
import { acceptPasswordLink, findPasswordLink, issuePasswordLink } from "./password-links.ts";
import { findSession } from "./sessions.ts";
import { signIn } from "./sign-in.ts";

const db = testDb();
const from = { ip: null, userAgent: null };

async function invited(name: string) {
  const email = `${name}@example.com`;
  const { userId } = await findOrInvite(db(), { email, name });
  return { email, userId, token: await issuePasswordLink(db(), userId) };
}

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "let in",
    (error: AppError) => error.code,
  );

test("an invited person can't sign in until the link set a password, and then can", async () => {
  const { email, token } = await invited("ann");
  expect(await codeOf(signIn(db(), { email, password: "!", ...from, device: null }))).toBe("unauthenticated");
  expect(await findPasswordLink(db(), token)).toEqual({ name: "ann", email });
  const session = await acceptPasswordLink(db(), { token, password: TEST_PASSWORD, ...from });
  expect(await findSession(db(), session)).toMatchObject({ email });
  expect(await codeOf(signIn(db(), { email, password: TEST_PASSWORD, ...from, device: null }))).toBe(
    "let in",
  );
});

test("a link works once, also when two tabs send it at the same moment", async () => {
  const { token } = await invited("ben");
  const passwords = [TEST_PASSWORD, "another maple kettle harbour"];
  const answers = await Promise.all(
    passwords.map((password) => codeOf(acceptPasswordLink(db(), { token, password, ...from }))),
  );
  expect(answers.sort()).toEqual(["let in", "not_found"]);
  expect(await findPasswordLink(db(), token)).toBeNull();
});

test("a weak password leaves the link usable", async () => {
  const { token } = await invited("cat");
  expect(await codeOf(acceptPasswordLink(db(), { token, password: "short", ...from }))).toBe("invalid");
  expect(await findPasswordLink(db(), token)).not.toBeNull();
});

test("a link is dead after three days, and when a newer one is made", async () => {
  const late = await invited("dan");
  await db().execute(
    sql`update password_links set expires_at = now() - interval '1 second' where user_id = ${late.userId}`,
  );
  expect(
    await codeOf(acceptPasswordLink(db(), { token: late.token, password: TEST_PASSWORD, ...from })),
  ).toBe("not_found");
  const renewed = await invited("eli");
  const newer = await issuePasswordLink(db(), renewed.userId);
  expect(await findPasswordLink(db(), renewed.token)).toBeNull();
  expect(await findPasswordLink(db(), newer)).not.toBeNull();
});
