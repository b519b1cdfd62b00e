import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";

const PASSWORD = "harbour kettle nine maple";

test("fits its own hash and no other password does", async () => {
  const stored = await hashPassword(PASSWORD);
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await verifyPassword(PASSWORD, stored)).toBe(true);
  expect(await verifyPassword(`${PASSWORD} `, stored)).toBe(false);
});

test("is salted: the same password hashes differently each time", async () => {
  expect(await hashPassword(PASSWORD)).not.toBe(await hashPassword(PASSWORD));
});

test("typed on another keyboard is the same password", async () => {
  const stored = await hashPassword("caf\u00e9 au lait sur le port");
  expect(await verifyPassword("cafe\u0301 au lait sur le port", stored)).toBe(true);
});

test.each([
  "!",
  "",
  "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
])("fits no stored text that isn't ours: %j", async (stored) => {
  expect(await verifyPassword(PASSWORD, stored)).toBe(false);
});

test("A5: in a flood waits in a short line, and beyond it is told so", async () => {
  const results = await Promise.allSettled(Array.from({ length: 30 }, () => hashPassword(PASSWORD)));
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused).toHaveLength(8);
  expect(refused.every(({ reason }) => reason.code === "too_many")).toBe(true);
  expect(await hashPassword(PASSWORD)).toContain("$argon2id$");
});
