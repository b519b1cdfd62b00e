import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connectDesk, type Desk, openDesk } from "../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const limits = { concurrent: 5, minute: 60, day: 5000, appMinute: 10_000 };

test("an expired token is told so, by the gateway's own dialect", async () => {
  const short = await connectDesk(desk.simulator);
  await desk.control("/clock", { advanceSeconds: 1801 });
  const { status, body, headers } = await desk.call("GET", "/Organisation", { token: short.token });
  expect(status).toBe(401);
  expect(body).toMatchObject({ Type: null, Title: "Unauthorized", Status: 401, Extensions: {} });
  expect(body.Detail).toMatch(/^TokenExpired: token expired at \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/);
  expect(headers).not.toHaveProperty("x-minlimit-remaining");
  await desk.control("/clock", { advanceSeconds: -1801 });
});

test.each([
  ["no tenant header", null],
  ["an unknown tenant", "7b0a7b5e-0000-4000-8000-000000000000"],
  ["a practice", "5eed0000-0000-4000-9000-000000000001"],
])("%s is 403 AuthenticationUnsuccessful", async (_, tenantId) => {
  const { status, body } = await desk.call("GET", "/Organisation", { tenantId });
  expect(status).toBe(403);
  expect(body).toMatchObject({ Title: "Forbidden", Status: 403, Detail: "AuthenticationUnsuccessful" });
});

test("a missing scope is a 401 with Xero's misspelling, and .read opens GETs only", async () => {
  const reader = await openDesk("openid offline_access accounting.invoices.read");
  const other = await reader.call("GET", "/Payments");
  expect(other.status).toBe(401);
  expect(other.body.Detail).toBe("AuthorizationUnsuccessful");
  expect(other.headers["www-authenticate"]).toContain("insufficent_scope");
  expect((await reader.call("GET", "/Invoices?page=1")).status).toBe(200);
  expect((await reader.call("PUT", "/Invoices", { body: {} })).status).toBe(401);
  await reader.close();
});

test("limits count down in the headers and end in an empty 429", async () => {
  await desk.control("/xero/settings", { limits: { minute: 2 } });
  const first = await desk.call("GET", "/Organisation");
  expect(first.headers).toMatchObject({
    "x-daylimit-remaining": "4999",
    "x-minlimit-remaining": "1",
    "x-appminlimit-remaining": "9999",
  });
  expect((await desk.call("GET", "/Nonsense")).headers["x-minlimit-remaining"]).toBe("0");
  const refused = await desk.call("GET", "/Organisation");
  expect(refused.status).toBe(429);
  expect(refused.text).toBe("");
  expect(refused.headers["content-type"]).toBeUndefined();
  expect(refused.headers["x-rate-limit-problem"]).toBe("minute");
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect((await desk.call("GET", "/Organisation", { tenantId: desk.uk })).status).toBe(200);

  await desk.control("/clock", { advanceSeconds: Number(refused.headers["retry-after"]) });
  expect((await desk.call("GET", "/Organisation")).status).toBe(200);
  await desk.control("/xero/settings", { limits });
});

test("the sixth call at once is refused without a Retry-After", async () => {
  const fault = await desk.control("/faults", {
    method: "GET",
    path: "/api.xro/2.0/Organisation",
    effect: { kind: "latency", ms: 300 },
  });
  const answers = await Promise.all(Array.from({ length: 6 }, () => desk.call("GET", "/Organisation")));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.headers["x-rate-limit-problem"]).toBe("concurrent");
  expect(refused[0]?.headers).not.toHaveProperty("retry-after");
  await fetch(`${desk.url}/control/faults/${fault.id}`, { method: "DELETE" });
});

test("an offline organisation is a plain 503, a gone one a 403", async () => {
  await desk.control("/xero/organisation", { tenantId: desk.uk, state: "offline" });
  const offline = await desk.call("GET", "/Organisation", { tenantId: desk.uk });
  expect([offline.status, offline.text]).toEqual([503, "The Organisation is offline"]);
  await desk.control("/xero/organisation", { tenantId: desk.uk, state: "gone" });
  expect((await desk.call("GET", "/Organisation", { tenantId: desk.uk })).status).toBe(403);
  await desk.control("/xero/organisation", { tenantId: desk.uk, state: "active" });
});

test("unknown things are 404 in two ways, and only JSON is spoken", async () => {
  const unknownId = await desk.call("GET", "/Invoices/00000000-0000-4000-8000-000000000000");
  expect([unknownId.status, unknownId.text]).toEqual([404, ""]);
  expect(unknownId.headers["content-type"]).toBe("text/html; charset=utf-8");
  const unknownPath = await desk.call("GET", "/Nonsense");
  expect([unknownPath.status, unknownPath.text]).toEqual([
    404,
    "The resource you're looking for cannot be found",
  ]);
  expect((await desk.call("GET", "/Organisation", { headers: { accept: "*/*" } })).status).toBe(406);
});

test("one idempotency key gets one answer for six minutes, and counts each time", async () => {
  const body = { Contacts: [{ Name: "Idempotent Ltd" }] };
  const headers = { "idempotency-key": "k1" };
  const first = await desk.call("PUT", "/Contacts", { body, headers });
  const again = await desk.call("PUT", "/Contacts", { body, headers });
  expect(again.text).toBe(first.text);
  expect(Number(again.headers["x-minlimit-remaining"])).toBe(
    Number(first.headers["x-minlimit-remaining"]) - 1,
  );

  const other = await desk.call("PUT", "/Contacts", { body: { Contacts: [{ Name: "Other" }] }, headers });
  expect(other.status).toBe(400);
  expect(other.text).toContain("Idempotency Key: k1 is used with a different request.");
  const long = await desk.call("PUT", "/Contacts", { body, headers: { "idempotency-key": "k".repeat(129) } });
  expect(long.status).toBe(400);

  await desk.control("/clock", { advanceSeconds: 361 });
  const late = await desk.call("PUT", "/Contacts", { body, headers });
  expect(late.body).toMatchObject({ ErrorNumber: 10, Type: "ValidationException" });
});

test("an error is remembered under its key too", async () => {
  const headers = { "idempotency-key": "k-error" };
  const body = { Contacts: [{ Name: "Later Taken Ltd", EmailAddress: "not an address" }] };
  const first = await desk.call("PUT", "/Contacts", { body, headers });
  expect(first.status).toBe(400);
  expect((await desk.call("PUT", "/Contacts", { body, headers })).text).toBe(first.text);
});
