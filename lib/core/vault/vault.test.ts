import { expect, test } from "vitest";
import { env } from "../env.ts";
import { open, seal } from "./vault.ts";

const here = { table: "grants", row: "row-1", column: "sealed_tokens" };
const key = (name: string, byte: number) => `${name}:${Buffer.alloc(32, byte).toString("base64")}`;

/** Gives the process other keys for as long as `work` takes. */
function withKeys(keys: string, work: () => void): void {
  const before = env().VAULT_KEYS;
  Object.assign(env(), { VAULT_KEYS: keys });
  try {
    work();
  } finally {
    Object.assign(env(), { VAULT_KEYS: before });
  }
}

test("T1: a sealed secret tells nothing, opens where it was sealed, and is never sealed alike twice", () => {
  const sealed = seal("CANARY-secret", here);
  expect(sealed).not.toContain("CANARY");
  expect(Buffer.from(sealed.split(".")[3] ?? "", "base64url").toString()).not.toContain("CANARY");
  expect(open(sealed, here)).toBe("CANARY-secret");
  expect(seal("CANARY-secret", here)).not.toBe(sealed);
});

test.each([
  ["row", { ...here, row: "row-2" }],
  ["column", { ...here, column: "sealed_previous_refresh" }],
  ["table", { ...here, table: "xero_apps" }],
])("T1: swapped into another %s it does not open", (_, elsewhere) => {
  expect(() => open(seal("secret", here), elsewhere)).toThrow();
});

test("T1: a changed letter anywhere, or another key's name, and it does not open", () => {
  const parts = seal("secret", here).split(".");
  withKeys([...env().VAULT_KEYS.split(","), key("t2", 9)].join(","), () => {
    for (const at of [2, 3, 4]) {
      const part = Buffer.from(parts[at] ?? "", "base64url");
      part[0] = (part[0] ?? 0) ^ 1;
      expect(() => open(parts.with(at, part.toString("base64url")).join("."), here)).toThrow();
    }
    expect(() => open(parts.with(1, "t2").join("."), here)).toThrow();
    expect(() => open([...parts, "x"].join("."), here)).toThrow("not a sealed secret");
    expect(() => open("plain text", here)).toThrow("not a sealed secret");
  });
});

test.each([4, 8, 12, 15])("T1b: a tag cut to %d bytes is refused before anything is decrypted", (bytes) => {
  const parts = seal("secret", here).split(".");
  const tag = Buffer.from(parts[4] ?? "", "base64url");
  const cut = parts.with(4, tag.subarray(0, bytes).toString("base64url")).join(".");
  expect(() => open(cut, here)).toThrow("a tag of the wrong length");
});

test("T2: with a new key in front both open, the new one seals, and without the old one its secrets stay shut", () => {
  withKeys(key("old", 1), () => {
    const before = seal("secret", here);
    withKeys(`${key("new", 2)},${key("old", 1)}`, () => {
      expect(open(before, here)).toBe("secret");
      expect(seal("secret", here)).toMatch(/^v1\.new\./);
    });
    withKeys(key("new", 2), () => {
      expect(() => open(before, here)).toThrow("no vault key named old");
    });
    withKeys(key("old", 2), () => {
      expect(() => open(before, here)).toThrow();
    });
  });
});
