import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";

const PASSWORD = "harbour kettle nine maple";
const CALLER = { name: "192.0.2.1", isKnown: false };

test("fits its own hash and no other password does", async () => {
  const stored = await hashPassword(PASSWORD);
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await verifyPassword(PASSWORD, stored, CALLER)).toBe(true);
  expect(await verifyPassword(`${PASSWORD} `, stored, CALLER)).toBe(false);
});

test("is salted: the same password hashes differently each time", async () => {
  expect(await hashPassword(PASSWORD)).not.toBe(await hashPassword(PASSWORD));
});

test("typed on another keyboard is the same password", async () => {
  const stored = await hashPassword("caf\u00e9 au lait sur le port");
  expect(await verifyPassword("cafe\u0301 au lait sur le port", stored, CALLER)).toBe(true);
});

test.each([
  "!",
  "",
  "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
])("fits no stored text that isn't ours: %j", async (stored) => {
  expect(await verifyPassword(PASSWORD, stored, CALLER)).toBe(false);
});
