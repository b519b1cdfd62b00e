import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { AppError } from "#lib/core/errors.ts";
import { limiter } from "#lib/core/limits.ts";
import { testDb } from "#lib/testing/database.ts";
import { makeActor, TEST_PASSWORD } from "#lib/testing/staff.ts";
import { type Device, withAccount } from "./device.ts";
import { findSession, revokeAllSessions, revokeSession } from "./sessions.ts";
import { signIn } from "./sign-in.ts";

const db = testDb();
const WRONG = "harbour kettle nine walnut";
let households = 0;

/** Each try from an address of its own, so that only what a test is about limits it. */
function nextAddress(): string {
  households += 1;
  return `2001:db8:${households.toString(16)}::1`;
}

const from = (
  email: string,
  password: string,
  ip: string | null = nextAddress(),
  device: Device | null = null,
) => signIn(db(), { email, password, ip, userAgent: "test", device });

async function refusal(attempt: Promise<unknown>): Promise<AppError> {
  return attempt.then(
    () => expect.fail("It was let in"),
    (error) => error,
  );
}

beforeAll(async () => {
  await makeActor(db(), "Ada Lane");
  const gone = await makeActor(db(), "Gone");
  await db().execute(sql`update users set disabled_at = now() where id = ${gone.userId}`);
});

describe("signing in", () => {
  test("with the right e-mail, however it is typed, and password opens a session", async () => {
    const token = await from(" Ada.Lane@Example.COM ", TEST_PASSWORD);
    expect(await findSession(db(), token)).toMatchObject({ name: "Ada Lane", email: "ada.lane@example.com" });
  });

  test("T1: keeps no token that a thief of the database could use", async () => {
    const token = await from("ada.lane@example.com", TEST_PASSWORD);
    const { rows } = await db().execute(sql`select string_agg(sessions::text, '') as all from sessions`);
    expect(String(rows[0]?.all)).not.toContain(token);
  });

  test("A5: gives one answer to an unknown person, a wrong password and a disabled person", async () => {
    const answers = [
      await refusal(from("nobody@example.com", TEST_PASSWORD)),
      await refusal(from("not an address", TEST_PASSWORD)),
      await refusal(from("ada.lane@example.com", WRONG)),
      await refusal(from("gone@example.com", TEST_PASSWORD)),
    ];
    const told = answers.map(({ code, message, field, status }) => ({ code, message, field, status }));
    expect(told[0]?.code).toBe("unauthenticated");
    expect(told).toEqual(told.map(() => told[0]));
  });
});

describe("A5: too many tries", () => {
  test("at one account, from anywhere, are stopped after ten, known or not, and the right password too", async () => {
    const bob = await makeActor(db(), "Bob");
    for (const email of [bob.email, "no.such.bob@example.com"]) {
      for (let tries = 0; tries < 10; tries += 1) {
        expect((await refusal(from(email, WRONG))).code).toBe("unauthenticated");
      }
      const stopped = await refusal(from(email, TEST_PASSWORD));
      expect(stopped).toMatchObject({
        code: "too_many",
        message: "Too many tries. Wait 15 minutes, then try again.",
      });
    }
  });

  test("A6: from one IPv6 household are stopped after forty, whatever its addresses and the accounts", async () => {
    const counted = limiter("sign-in-address", { points: 40, seconds: 15 * 60 });
    for (let tries = 0; tries < 38; tries += 1) await counted.consume("2001:db8:ffff:1::/64");
    for (const host of ["1", "2"]) {
      const answer = await refusal(from(`guess${host}@example.com`, WRONG, `2001:db8:ffff:1::${host}`));
      expect(answer.code).toBe("unauthenticated");
    }
    expect((await refusal(from("guess@example.com", WRONG, "2001:db8:ffff:1:9:9:9:9"))).code).toBe(
      "too_many",
    );
    expect((await refusal(from("guess@example.com", WRONG, "2001:db8:ffff:2::1"))).code).toBe(
      "unauthenticated",
    );
  }, 60_000);

  test("don't add up for a person who types the right password", async () => {
    const carol = await makeActor(db(), "Carol");
    for (let round = 0; round < 11; round += 1) {
      expect(await from(carol.email, TEST_PASSWORD, "192.0.2.77")).toBeTruthy();
    }
  }, 60_000);
});

describe("A5: strangers keep nobody out", () => {
  test("who signed in here before gets in while an account is being guessed at, and has ten tries of their own", async () => {
    const gwen = await makeActor(db(), "Gwen");
    const spend = async (name: string, key: string) => {
      const counted = limiter(name, { points: 10, seconds: 15 * 60 });
      for (let tries = 0; tries < 10; tries += 1) await counted.consume(key);
    };
    const hers = withAccount(null, gwen.email);
    const others = withAccount(null, "ada.lane@example.com");
    await spend("sign-in-account", gwen.email);
    expect((await refusal(from(gwen.email, TEST_PASSWORD, nextAddress(), others))).code).toBe("too_many");
    expect(await from(gwen.email, TEST_PASSWORD, nextAddress(), hers)).toBeTruthy();

    const stolen = withAccount(null, gwen.email);
    expect((await refusal(from(gwen.email, WRONG, nextAddress(), stolen))).code).toBe("unauthenticated");
    await spend("sign-in-device", `${stolen.id} ${gwen.email}`).catch(() => {});
    expect((await refusal(from(gwen.email, TEST_PASSWORD, nextAddress(), stolen))).code).toBe("too_many");
    expect(await from(gwen.email, TEST_PASSWORD, nextAddress(), hers)).toBeTruthy();
  });

  test("thirty at once behind no known proxy, and a person in a new browser still gets in", async () => {
    const hugo = await makeActor(db(), "Hugo");
    const strangers = Array.from({ length: 30 }, (_, at) =>
      refusal(from(`stranger${at}@example.com`, WRONG, null)),
    );
    expect(await from(hugo.email, TEST_PASSWORD, null)).toBeTruthy();
    await Promise.all(strangers);
  }, 120_000);
});

describe("A4: a session", () => {
  test("is dead at once when revoked, and its siblings live", async () => {
    const dora = await makeActor(db(), "Dora");
    const [one, two] = [await from(dora.email, TEST_PASSWORD), await from(dora.email, TEST_PASSWORD)];
    await revokeSession(db(), (await findSession(db(), one))?.sessionId ?? "");
    expect(await findSession(db(), one)).toBeNull();
    expect(await findSession(db(), two)).not.toBeNull();
    await revokeAllSessions(db(), dora.userId);
    expect(await findSession(db(), two)).toBeNull();
  });

  test.each([
    ["the person is disabled", sql`update users set disabled_at = now() where id = `, "userId"],
    [
      "it was idle for twelve hours",
      sql`update sessions set last_seen_at = now() - interval '12 hours 1 second' where user_id = `,
      "userId",
    ],
    [
      "its fourteen days are over",
      sql`update sessions set expires_at = now() - interval '1 second' where user_id = `,
      "userId",
    ],
  ] as const)("is over when %s", async (why, change, key) => {
    const eve = await makeActor(db(), `Eve ${why}`);
    const token = await from(eve.email, TEST_PASSWORD);
    expect(await findSession(db(), token)).not.toBeNull();
    await db().execute(sql`${change}${eve[key]}`);
    expect(await findSession(db(), token)).toBeNull();
  });

  test("stays alive while it is used, written at most once a minute", async () => {
    const finn = await makeActor(db(), "Finn");
    const token = await from(finn.email, TEST_PASSWORD);
    const seen = async () => {
      const { rows } = await db().execute(
        sql`select max(last_seen_at)::text as at, xmin::text from sessions where user_id = ${finn.userId} group by xmin order by 1 desc limit 1`,
      );
      return rows[0];
    };
    const before = await seen();
    await findSession(db(), token);
    expect(await seen()).toEqual(before);
    await db().execute(
      sql`update sessions set last_seen_at = now() - interval '11 hours' where user_id = ${finn.userId}`,
    );
    await findSession(db(), token);
    const { rows } = await db().execute(
      sql`select max(last_seen_at) > now() - interval '1 minute' as fresh from sessions where user_id = ${finn.userId}`,
    );
    expect(rows[0]?.fresh).toBe(true);
  });

  test("is not opened by a token that nobody was given", async () => {
    expect(await findSession(db(), "")).toBeNull();
    expect(await findSession(db(), "x".repeat(43))).toBeNull();
  });
});
