import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { signedBy } from "./webhook-rules.ts";

const KEY = "webhook-key-of-the-app";
const body = Buffer.from(
  JSON.stringify({
    events: [
      { resourceUrl: "https://api.xero.com/x", resourceId: "r", tenantId: "t", eventCategory: "INVOICE" },
    ],
    firstEventSequence: 1,
    lastEventSequence: 1,
    entropy: "S0m3r4nd0mt3xt",
  }),
);
const sign = (bytes: Buffer, key = KEY) => createHmac("sha256", key).update(bytes).digest("base64");

test("W1: a delivery with the app's own signature is taken", () => {
  expect(signedBy(KEY, body, sign(body))).toBe(true);
});

test("W1: of ten thousand changed bodies and signatures none is taken", () => {
  const right = Buffer.from(sign(body), "base64");
  const flipped = (bytes: Buffer, at: number, by: number) => {
    const copy = Buffer.from(bytes);
    copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ by;
    return copy;
  };
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(31), (at, by, cut) => {
      const taken = [
        signedBy(KEY, flipped(body, at, by), sign(body)),
        signedBy(KEY, body, flipped(right, at, by).toString("base64")),
        signedBy(KEY, body, right.subarray(0, cut).toString("base64")),
        signedBy(KEY, body.subarray(0, at % body.length), sign(body)),
        signedBy(KEY, Buffer.concat([body, Buffer.from([by])]), sign(body)),
      ];
      return taken.every((one) => !one);
    }),
    { numRuns: 2_000 },
  );
});

test.each<[string, string | null]>([
  ["none at all", null],
  ["an empty one", ""],
  ["the same in hexadecimal", createHmac("sha256", KEY).update(body).digest("hex")],
  ["the right one twice", sign(body).repeat(2)],
  ["another app's", sign(body, "another-key")],
  ["that of an empty key", sign(body, "")],
  ["one by SHA-1", createHmac("sha1", KEY).update(body).digest("base64")],
  ["the body's bare hash", sign(Buffer.alloc(0))],
])("W1: a signature that is %s is refused", (_, signature) => {
  expect(signedBy(KEY, body, signature)).toBe(false);
});

test("W1: the bytes are signed, not what they mean", () => {
  const spaced = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1));
  expect(signedBy(KEY, spaced, sign(body))).toBe(false);
});
