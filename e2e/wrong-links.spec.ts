import { arrive } from "./support/arrive.ts";
import { bill, unique } from "./support/billing.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import { payLink } from "./support/payer.ts";

test("Q11: wrong, unknown, void, draft, deleted and foreign numbers all answer alike", {
  tag: "@once",
}, async ({ page, ground }) => {
  const client = await bill(ground, "harbour", [
    { total: "140.40" },
    { total: "150.50", status: "DRAFT" },
    { total: "160.60" },
  ]);
  const [good, draft, voided] = client.invoices;
  if (!good || !draft || !voided) throw new Error("Not billed");
  await ground.simulator.inside("harbour", "invoice", { invoice: voided.id, status: "VOIDED" });
  await expect
    .poll(
      async () =>
        (await ground.query("select status from invoices where invoice_id = $1", [voided.id]))[0]?.status,
    )
    .toBe("VOIDED");

  const links: Record<string, string> = {
    "wrong amount": payLink("harbour", { ...good, amount: "140.41" }),
    "unknown number": payLink("harbour", { number: `NO-${unique()}`, amount: "140.40" }),
    draft: payLink("harbour", draft),
    void: payLink("harbour", voided),
    deleted: payLink("harbour", { number: "INV-1901", amount: "100.00" }),
    "a bill's number": payLink("harbour", { number: "INV-2009", amount: "310.00" }),
    "paid, wrong amount": payLink("harbour", { number: "INV-2950", amount: "481.00" }),
    "unknown firm": payLink("nobody", good),
    "unknown company": payLink("harbour", good).replace("/quickfee/", "/quickfeed/"),
    "no amount": `/pay/quickfee/harbour?invoice=${good.number}`,
    "not an amount": payLink("harbour", { ...good, amount: "1.404e2" }),
    "nothing asked": "/pay/quickfee/harbour",
  };
  const pages = new Map<string, string>();
  for (const [what, link] of Object.entries(links)) {
    const answer = await page.request.get(link, { headers: { "x-forwarded-for": ownAddress() } });
    expect(answer.status(), what).toBe(200);
    pages.set(what, withoutAsked(await answer.text()));
  }
  const [[, first = ""] = []] = pages;
  expect(first).toContain("open this link");
  for (const [what, html] of pages)
    expect(html === first, `${what} looks like any other wrong link`).toBe(true);

  await page.goto(links["wrong amount"] ?? "");
  await arrive(page, "We can't open this link");
  for (const secret of ["Harbour", client.name, "140.40"])
    await expect(page.getByRole("main")).not.toContainText(secret);
});

/** The page without its nonce and without its own address, which whoever asked knows and Next repeats in its data. */
function withoutAsked(html: string): string {
  const [, nonce = ""] = /nonce="([^"]+)"/.exec(html) ?? [];
  return html
    .replaceAll(nonce, "")
    .replace(/\\"(q|k)\\":\\"[^"]*?\\"/g, "")
    .replace(/\\"c\\":\[\\"\\",\\"pay\\",[^\]]*\]/g, "");
}

test("Q11: a paid invoice's link says that it is paid, to who knows the amount", async ({
  page,
  ground: _,
}) => {
  await page.goto(payLink("harbour", { number: "INV-2950", amount: "480.00" }));
  await arrive(page, "Paid already");
  await expect(page.getByRole("main")).toContainText("INV-2950 was paid");
});

test("Q11: a number that was voided and issued again opens the living one", { tag: "@once" }, async ({
  page,
  ground: _,
}) => {
  await page.goto(payLink("harbour", { number: "INV-1900", amount: "950.00" }));
  await arrive(page, "Invoice INV-1900");
});

test("Privacy: what strangers guess closes no link; who guessed five times at an invoice finds it closed like any wrong link", async ({
  page,
  ground,
  newVisitor,
}) => {
  const [invoice] = (await bill(ground, "harbour", [{ total: "170.70" }])).invoices;
  if (!invoice) throw new Error("Not billed");
  const stranger = await newVisitor();
  for (let guess = 1; guess <= 5; guess += 1)
    await stranger.request.get(payLink("harbour", { ...invoice, amount: `${guess}.00` }));
  await stranger.goto(payLink("harbour", invoice));
  await arrive(stranger, "We can't open this link");
  expect(await stranger.content()).not.toContain("Harbour");

  await page.goto(payLink("harbour", invoice));
  await arrive(page, `Invoice ${invoice.number}`);
});

test("Privacy: too many wrong links from one address are stopped, without a word of it, and nobody else is", {
  tag: "@once",
}, async ({ page, ground, newVisitor }) => {
  const [invoice] = (await bill(ground, "harbour", [{ total: "180.80" }])).invoices;
  if (!invoice) throw new Error("Not billed");
  for (let guess = 1; guess <= 20; guess += 1) {
    await page.request.get(payLink("harbour", { number: `NO-${unique()}`, amount: "1.00" }));
  }
  const wrong = await page.request.get(payLink("harbour", { ...invoice, amount: "1.00" }));
  const right = await page.request.get(payLink("harbour", invoice));
  expect(withoutAsked(await right.text())).toBe(withoutAsked(await wrong.text()));
  await page.goto(payLink("harbour", invoice));
  await arrive(page, "We can't open this link");

  const theirs = await newVisitor();
  await theirs.goto(payLink("harbour", invoice));
  await arrive(theirs, `Invoice ${invoice.number}`);
});
