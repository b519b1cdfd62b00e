import { describe, expect, test } from "vitest";
import { type AccessTokenRefused, answerOfSdk, faultOf, messagesIn } from "./faults.ts";
import { XeroFault } from "./xero-fault.ts";

const sent = { sent: true };
const answer = (status: number, headers: Record<string, string> = {}, body: unknown = "") => ({
  status,
  headers,
  body,
});

function kindOf(fault: XeroFault | AccessTokenRefused) {
  return fault instanceof XeroFault ? fault.fault : fault.name;
}

describe("each dialect of Xero's errors is told by status and headers", () => {
  test.each([
    ["an expired token", answer(401, {}, { Detail: "TokenExpired: token expired" }), "AccessTokenRefused"],
    [
      "a disconnected organisation",
      answer(403, {}, { Detail: "AuthenticationUnsuccessful" }),
      { kind: "disconnected" },
    ],
    [
      "an unknown id, with an empty page",
      answer(404, { "content-type": "text/html" }),
      { kind: "not_found" },
    ],
    [
      "an organisation offline",
      answer(503, { "content-type": "text/plain" }, "The Organisation is offline"),
      { kind: "offline" },
    ],
    ["a 503 of something in between", answer(503, { "content-type": "text/html" }), { kind: "no_answer" }],
    ["a plain 500", answer(500, { "content-type": "application/json" }), { kind: "no_answer" }],
    [
      "a redirect that Xero never sends",
      answer(302, { location: "https://elsewhere.example" }),
      { kind: "no_answer" },
    ],
    ["a request timeout", answer(408), { kind: "no_answer" }],
  ])("%s", (_, given, expected) => {
    expect(kindOf(faultOf(given, sent))).toEqual(expected);
  });

  test.each(["insufficent_scope", "insufficient_scope"])("a missing scope is named, spelt %s", (error) => {
    const given = answer(
      401,
      { "www-authenticate": `Bearer error="${error}"` },
      { Detail: "AuthorizationUnsuccessful" },
    );
    expect(kindOf(faultOf(given, { sent: true, scope: "accounting.payments" }))).toEqual({
      kind: "missing_scope",
      scope: "accounting.payments",
    });
  });

  test.each([
    [
      { "x-rate-limit-problem": "Minute", "retry-after": "26" },
      { problem: "minute", retryAfterSeconds: 26 },
    ],
    [
      { "x-rate-limit-problem": "day", "retry-after": "40000" },
      { problem: "day", retryAfterSeconds: 40_000 },
    ],
    [{ "x-rate-limit-problem": "concurrent" }, { problem: "concurrent", retryAfterSeconds: 2 }],
    [{}, { problem: "minute", retryAfterSeconds: 60 }],
  ])("a 429 with %o waits as long as it asks", (headers, expected) => {
    expect(kindOf(faultOf(answer(429, headers), sent))).toEqual({ kind: "limited", ...expected });
  });
});

test("no answer leaves open whether it happened, unless nothing was sent", () => {
  expect(kindOf(faultOf(answer(0), { sent: true }))).toEqual({ kind: "no_answer" });
  expect(kindOf(faultOf(answer(0), { sent: false }))).toEqual({ kind: "offline" });
});

test("a refusal carries all of Xero's sentences, each once, also of what is nested", () => {
  const body = {
    ErrorNumber: 10,
    Message: "A validation exception occurred",
    Elements: [
      {
        ValidationErrors: [
          { Message: "Payments can only be made against Authorised documents" },
          { Message: "Too much" },
        ],
        Invoice: { ValidationErrors: [{ Message: "Too much" }, { Message: "Locked" }] },
      },
    ],
  };
  expect(kindOf(faultOf(answer(400, {}, body), sent))).toEqual({
    kind: "refused",
    messages: ["Payments can only be made against Authorised documents", "Too much", "Locked"],
  });
  expect(messagesIn({ ErrorNumber: 16, Message: "No property 'X'" })).toEqual(["No property 'X'"]);
});

test("xero-node's rejection is read without keeping request or headers", () => {
  const rejection = JSON.stringify({
    response: {
      statusCode: 400,
      body: { Message: "No" },
      headers: {},
      request: { headers: { authorization: "Bearer CANARY" } },
    },
  });
  const fault = faultOf(answerOfSdk(rejection), sent);
  expect(JSON.stringify([fault, fault.message, fault.cause, fault.stack])).not.toContain("CANARY");
});
