import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readEvent } from "./events.ts";

const SECRET = "whsec_the_right_one_0123456789";
const now = () => Math.floor(Date.now() / 1_000);
const event = {
  id: "evt_1",
  object: "event",
  api_version: "2026-09-30.preview",
  livemode: false,
  type: "checkout.session.completed",
  data: { object: { id: "cs_1", amount_total: 1 } },
};
const body = Buffer.from(JSON.stringify(event));
const v1 = (at: number, bytes = body, secret = SECRET) =>
  createHmac("sha256", secret).update(`${at}.${bytes.toString()}`).digest("hex");
const taken = {
  ...{ eventRef: "evt_1", type: "checkout.session.completed", objectRef: "cs_1" },
  ...{ livemode: false, accountRef: null },
};

describe("W6: Stripe's signature", () => {
  test.each<[string, () => string]>([
    ["the right one", () => `t=${now()},v1=${v1(now())}`],
    ["of a minute ago", () => `t=${now() - 60},v1=${v1(now() - 60)}`],
    [
      "one of several, while a secret is being changed",
      () => `t=${now()},v1=${v1(now(), body, "whsec_the_old_one")},v1=${v1(now())}`,
    ],
    ["beside one of the retired scheme", () => `t=${now()},v0=${"0".repeat(64)},v1=${v1(now())}`],
  ])("is taken: %s", (_, signature) => {
    expect(readEvent(body, signature(), SECRET)).toEqual(taken);
  });

  test.each<[string, () => string | null]>([
    ["none", () => null],
    ["nonsense", () => "whsec"],
    ["older than five minutes", () => `t=${now() - 301},v1=${v1(now() - 301)}`],
    ["old, under a fresh time", () => `t=${now()},v1=${v1(now() - 3_600)}`],
    ["without a time", () => `v1=${v1(now())}`],
    ["of another endpoint or account", () => `t=${now()},v1=${v1(now(), body, "whsec_of_another")}`],
    ["of the retired scheme alone", () => `t=${now()},v0=${v1(now())}`],
    ["of another body", () => `t=${now()},v1=${v1(now(), Buffer.from("{}"))}`],
    ["made with an empty secret", () => `t=${now()},v1=${v1(now(), body, "")}`],
  ])("is refused: %s", (_, signature) => {
    expect(readEvent(body, signature(), SECRET)).toBeNull();
  });

  test.each<[string, object, object]>([
    ["of live mode: it says so", { livemode: true }, { livemode: true }],
    ["of a connected account: it says whose", { account: "acct_another" }, { accountRef: "acct_another" }],
    [
      "that claims an amount: only ids are read, the object is asked for with the firm's own key",
      { data: { object: { id: "cs_1", amount_total: 99_999_999 } } },
      {},
    ],
  ])("is over an event %s", (_, change, says) => {
    const bytes = Buffer.from(JSON.stringify({ ...event, ...change }));
    expect(readEvent(bytes, `t=${now()},v1=${v1(now(), bytes)}`, SECRET)).toEqual({ ...taken, ...says });
  });

  test("right, over what is no event: refused", () => {
    for (const text of [
      "",
      "null",
      "[]",
      "{}",
      '{"id":1,"livemode":false,"type":"x","data":{"object":{"id":"y"}}}',
      '{"id":"evt_1","type":"x","data":{"object":{"id":"y"}}}',
      "\u0000",
    ]) {
      const bytes = Buffer.from(text);
      expect(readEvent(bytes, `t=${now()},v1=${v1(now(), bytes)}`, SECRET)).toBeNull();
    }
  });
});
