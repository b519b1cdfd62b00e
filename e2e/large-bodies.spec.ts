/** Nobody makes the desk hold more than it needs to read: every door that takes a post, tried with more than it takes. */
import { randomBytes, randomUUID } from "node:crypto";
import { request } from "node:http";
import { routesInSource } from "./matrix/doors.ts";
import { type Facts, fill } from "./matrix/facts.ts";
import { visitor } from "./matrix/visitor.ts";
import { expect, ownAddress, test as stacked } from "./support/fixtures.ts";

const test = stacked.extend({});
const ONCE = { tag: "@once" };
/** More than any form of ours has, and little enough to be sent whole before the answer comes. */
const LARGE = "x".repeat(40_000);

const facts = {
  company: "quickfee",
  firm: "demo",
  appId: randomUUID(),
  processorAccountId: randomUUID(),
  orderId: randomUUID(),
  checkoutToken: randomBytes(32).toString("base64url"),
} as Facts;

const doors = routesInSource()
  .filter((key) => !key.startsWith("GET "))
  .map((key) => key.split(" ") as [method: string, path: string]);
const form = "application/x-www-form-urlencoded";

test(
  "W5: every payer's form larger than any of ours is refused, and nothing is done with it",
  ONCE,
  async ({ ground }) => {
    expect(doors.length).toBeGreaterThanOrEqual(10);
    for (const [method, path] of doors) {
      if (isForPrograms(path)) continue;
      expect(method, `this test knows only posts: ${path}`).toBe("POST");
      const stranger = visitor(ground.webUrl, { cookie: "", address: ownAddress() });
      const answer = await stranger.post(fill(path, facts), `link=${LARGE}`, { "content-type": form });
      expect(answer.location, path).toMatch(/\/stopped\?why=too_large$/);
    }
  },
);

test(
  "W5: every handler under /api answers a body without an end before it ends",
  ONCE,
  async ({ ground }) => {
    for (const path of doors.map(([, path]) => path).filter(isForPrograms)) {
      const status = await statusOfEndless(ground.webUrl, fill(path, facts));
      expect([303, 401, 413], path).toContain(status);
    }
  },
);

test("W5: a page's form is read no further than a megabyte", ONCE, async ({ ground }) => {
  const stranger = visitor(ground.webUrl, { cookie: "", address: ownAddress() });
  const data = new FormData();
  data.set("email", LARGE.repeat(30));
  const answer = await stranger.post("/sign-in", data, { "next-action": "0".repeat(42) });
  expect(answer.status).toBeGreaterThanOrEqual(400);
});

const isForPrograms = (path: string) => path.startsWith("/api/");

/** Sends kilobytes until an answer comes; the answer must not wait for the end, for there is none. */
function statusOfEndless(webUrl: string, path: string): Promise<number> {
  return new Promise((answered, broken) => {
    const headers = { origin: webUrl, "content-type": form, "x-forwarded-for": ownAddress() };
    const asked = request(webUrl + path, { method: "POST", headers });
    let isOver = false;
    const end = () => {
      isOver = true;
      asked.destroy();
    };
    asked.once("response", (response) => {
      end();
      answered(response.statusCode ?? 0);
    });
    asked.once("error", (error) => {
      if (!isOver) broken(error);
    });
    const more = () => {
      if (!isOver) asked.write("x".repeat(65_536), () => setImmediate(more));
    };
    more();
  });
}
