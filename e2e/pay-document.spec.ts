/** The payer's pages as documents of our own: what they bring, what they run, and how they say that something is not so. */
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { visitor } from "./matrix/visitor.ts";
import { bill } from "./support/billing.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { payLink } from "./support/payer.ts";

const ONCE = { tag: "@once" };
const stranger = ({ webUrl }: Ground) => visitor(webUrl, { cookie: "", address: ownAddress() });

test("a payer's page brings no script file, and 7 kB in all", ONCE, async ({ page, open }) => {
  const [first] = (await bill(open, "demo", [{ total: "101.10" }, { total: "202.20" }])).invoices;
  if (!first) throw new Error("Not billed");
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.push(request.url());
  });
  const answer = await page.goto(payLink("demo", first), { waitUntil: "networkidle" });
  expect(scripts).toEqual([]);
  expect(gzipSync((await answer?.body()) ?? "").length).toBeLessThan(7_000);
  await expect(page.locator("form .sum")).toContainText("Paying 1 invoice");
});

test(
  "a second press sends nothing, the first says so, and Back wakes the button up",
  ONCE,
  async ({ page, open }) => {
    const [invoice] = (await bill(open, "demo", [{ total: "101.10" }])).invoices;
    if (!invoice) throw new Error("Not billed");
    await page.goto(payLink("demo", invoice));
    const button = page.getByRole("button", { name: /Continue|One moment/ });
    const sent = await button.evaluate((pressed: HTMLButtonElement) => {
      let posts = 0;
      window.addEventListener("submit", (event) => {
        if (!event.defaultPrevented) posts += 1;
        event.preventDefault();
      });
      pressed.click();
      pressed.click();
      return posts;
    });
    expect(sent).toBe(1);
    await expect(button).toHaveText("One moment");
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await expect(button).toHaveText("Continue");
    await expect(button).not.toHaveAttribute("aria-disabled");
  },
);

test(
  "X2: where a page leads on, isn't there, or was asked wrongly, policy and words stay",
  ONCE,
  async ({ ground }) => {
    const who = stranger(ground);
    const checkout = `/pay/quickfee/demo/checkout/${randomBytes(32).toString("base64url")}`;
    const gone = await who.get(checkout);
    expect([gone.status, gone.location]).toEqual([307, "/pay/quickfee/demo/stopped?why=gone"]);
    for (const path of ["/pay/specimen", "/pay-document/quickfee/demo", "/pay-document/specimen"]) {
      const absent = await who.get(path, { "x-counterfoil-renderer": "own", "x-counterfoil-check": "1" });
      expect([absent.status, absent.text], path).toEqual([
        404,
        expect.stringContaining("There is no page here"),
      ]);
    }
    const methods = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST"];
    for (const path of ["/pay/quickfee/demo", "/pay/quickfee/demo/stopped", checkout, "/pay-document/x"]) {
      for (const method of methods) {
        const { status, headers } = await fetch(ground.webUrl + path, { method, redirect: "manual" });
        expect(status, `${method} ${path}`).toBeLessThan(500);
        expect(headers.get("content-security-policy"), `${method} ${path}`).toContain("default-src 'none'");
      }
    }
  },
);

test(
  "a page that fails says so with a code, and keeps its policy; the log has the code",
  ONCE,
  async ({ ground }) => {
    test.skip(ground.evidence === null, "at an address of QA's own nothing is broken on purpose");
    await ground.query("alter table link_tries rename to link_tries_away");
    const who = stranger(ground);
    const answer = await who
      .get("/pay/quickfee/demo?amount=1.00&invoice=INV-1")
      .finally(() => ground.query("alter table link_tries_away rename to link_tries"));
    expect(answer.status).toBe(500);
    expect(answer.text).toContain("This page could not be shown");
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'none'");
    expect(answer.headers.get("cache-control")).toContain("no-store");
    const [, code = "none"] = /quote the code (\w+)/.exec(answer.text) ?? [];
    expect(ground.evidence?.().logs).toContain(code);
  },
);
