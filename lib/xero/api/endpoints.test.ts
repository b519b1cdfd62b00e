import { afterEach, expect, test } from "vitest";
import { env } from "#lib/core/env.ts";
import { endpoints } from "./endpoints.ts";

afterEach(() => {
  Object.assign(env(), { SIMULATOR_URL: undefined });
});

test("X6: without a simulator every address of Xero's is https and Xero's own", () => {
  Object.assign(env(), { SIMULATOR_URL: undefined });
  const { insecure, ...addresses } = endpoints();
  expect(insecure).toBe(false);
  for (const address of Object.values(addresses)) {
    expect(new URL(address).origin).toMatch(/^https:\/\/(identity|login|api)\.xero\.com$/);
  }
});

test("X6: with one, none of them is Xero's", () => {
  Object.assign(env(), { SIMULATOR_URL: "http://127.0.0.1:4010/" });
  const { insecure, ...addresses } = endpoints();
  expect(insecure).toBe(true);
  expect(new Set(Object.values(addresses).map((address) => new URL(address).origin))).toEqual(
    new Set(["http://127.0.0.1:4010"]),
  );
});
