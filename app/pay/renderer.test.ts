import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { env } from "#lib/core/env.ts";
import { mark } from "./renderer.ts";

const LINK = "/pay/quickfee/demo?amount=1.00&invoice=INV-1";

function marked(url: string, sent: Record<string, string> = {}, { method = "GET", chosen = "own" } = {}) {
  const headers = { ...sent };
  mark({ method, url, headers }, chosen === "own" ? "own" : "next");
  return headers;
}

test("a plain question for a payer's page is ours to draw, and knows its address as it was asked", () => {
  const own = { "x-counterfoil-renderer": "own", "x-counterfoil-path": LINK };
  expect(marked(LINK)).toEqual(own);
  expect(marked(LINK, {}, { method: "HEAD" })).toEqual(own);
  const odd = marked("/pay/quickfee/demo?invoice=\u00e9 'x'#y")["x-counterfoil-path"];
  expect(odd).toBe(`/pay/quickfee/demo${new URL("http://x/?invoice=\u00e9 'x'#y").search}`);
});

test("while Next draws, and for all that is no plain question, nothing is marked", () => {
  expect(marked(LINK, {}, { chosen: "next" })).toEqual({});
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) expect(marked(LINK, {}, { method })).toEqual({});
  expect(marked(LINK, { rsc: "1" })).toEqual({ rsc: "1" });
  for (const url of [`${LINK}&_rsc=1x`, "/firms", "/pay/quickfee/demo/logo", "//pay/quickfee/demo", "*"])
    expect(marked(url)).toEqual({});
});

test("nobody else says who draws, asks for the specimen, or chooses a nonce", () => {
  const sent = {
    "x-counterfoil-renderer": "own",
    "x-counterfoil-check": "1",
    "x-counterfoil-path": "/firms",
    "x-nonce": "AAAA",
  };
  expect(marked(LINK, sent)).toEqual({ "x-counterfoil-renderer": "own", "x-counterfoil-path": LINK });
  const atNext = marked("/firms", sent);
  expect(atNext).not.toHaveProperty("x-counterfoil-renderer");
  expect(atNext).not.toHaveProperty("x-counterfoil-check");
});

test("who knows the desk's secret is shown the specimen by the renderer that it asks for", () => {
  const password = (renderer: string) =>
    createHmac("sha256", env().SESSION_SECRET).update(`pay page by ${renderer}`).digest("base64url");
  const ask = (renderer: string, chosen: string) =>
    marked("/pay/specimen", { "x-counterfoil-check": password(renderer) }, { chosen });
  expect(ask("own", "next")).toMatchObject({ "x-counterfoil-check": "1", "x-counterfoil-renderer": "own" });
  expect(ask("next", "own")).toEqual({ "x-counterfoil-check": "1" });
});
