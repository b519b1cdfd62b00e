import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { TAKE_UP_MS } from "./support/mode.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

/** Its own: it says how harbour's orders are written. */
test.use({ story: "uploads" });

const FIRM = "/firms/quickfee/harbour";

type Filled = Record<string, string>;

/** The template as a person gets it, and its names. */
async function template(page: Page): Promise<{ text: string; names: string[] }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download the template" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("orders.csv");
  const text = await readFile(await download.path(), "utf8");
  return { text, names: (text.split("\r\n")[0] ?? "").replace("\uFEFF", "").split(",") };
}

/** Filled in and saved by a spreadsheet that writes semicolons. */
function filled(names: string[], rows: Filled[]) {
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))];
  const text = lines.map((cells) => `${cells.join(";")}\r\n`).join("");
  return { name: "orders.csv", mimeType: "text/csv", buffer: Buffer.from(`\uFEFF${text}`) };
}

async function upload(page: Page, file: ReturnType<typeof filled>): Promise<void> {
  await page.getByLabel("File", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "Review orders" }).click();
}

async function inXero(ground: Ground, number: string) {
  const { tenantId } = await ground.simulator.organisation("harbour");
  const query = new URLSearchParams({ tenantId, number });
  const { invoices } = await ground.simulator.control<{ invoices: { status: string; total: number }[] }>(
    "GET",
    `/control/xero/invoices?${query}`,
  );
  return invoices.map(({ status, total }) => ({ status, total }));
}

const count = (page: Page, word: string) =>
  page.locator("dt", { hasText: new RegExp(`^${word}$`) }).locator("xpath=following-sibling::dd[1]");

test("G3 orders from a spreadsheet: template, faults by row and column, a look over all, and each in Xero once", async ({
  page,
  ground,
}) => {
  test.slow();
  await signIn(page, DEMO_PEOPLE.harbourOwner, `${FIRM}/settings/orders`);
  await arrive(page, "Orders");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Orders become documents")).toBeVisible();

  await page.goto(`${FIRM}/orders`);
  await page.getByRole("link", { name: "Upload orders" }).click();
  await arrive(page, "Upload orders");
  const { text, names } = await template(page);
  expect(names).toContain("Order number");

  const [one, two, three] = [0, 1, 2].map((nth) => `U-${randomUUID().slice(0, 8)}-${nth}`) as [
    string,
    string,
    string,
  ];
  const once = {
    Currency: "GBP",
    "Amounts are": "no tax",
    "Customer name": `Robin ${randomUUID().slice(0, 8)}`,
  };
  const tower = { Kind: "Hire", Description: "Scaffold tower", Quantity: "3", "Unit price": "40.00" };
  const good: Filled[] = [
    { "Order number": one, ...once, ...tower, Date: "2026-11-30", Total: "150.00" },
    { "Order number": one, Kind: "Delivery", Description: "To the site", "Unit price": "30.00" },
    { "Order number": two, ...once, ...tower, Reference: "PO 7781" },
  ];

  await test.step("a column that is not known", async () => {
    await upload(page, filled([...names, "Colour"], good));
    await expect(
      page.getByText(/^line 1: There is no column “Colour”\. The columns are/).first(),
    ).toBeVisible();
  });

  await test.step("what is wrong is told by row and column, and only what is right may be sent", async () => {
    const wrong = good.map((row, at) =>
      at === 0 ? { ...row, Date: "30/11/2026", "Unit price": "40,00" } : row,
    );
    await upload(page, filled(names, wrong));
    await arrive(page, "Review orders");
    const fault = (words: string) =>
      page.getByRole("table", { name: "What is wrong" }).getByRole("row").filter({ hasText: words });
    await expect(fault("“30/11/2026” can't be read. Write a day as year-month-day")).toContainText("Row 2");
    await expect(fault("“40,00” can't be read.")).toContainText("Unit price");
    await expect(count(page, "New")).toContainText("1");
    await expect(count(page, "Refused")).toContainText("1");
    await expect(count(page, "To be invoiced")).toHaveText("£120.00 GBP");
    await expect(page.getByRole("button", { name: "Send 1 order" })).toBeVisible();
    expect(await inXero(ground, two)).toEqual([]);
  });

  await test.step("the file that is right: looked over, sent, and in Xero", async () => {
    await page.getByRole("link", { name: "Upload orders" }).click();
    await arrive(page, "Upload orders");
    await upload(page, filled(names, good));
    await arrive(page, "Review orders");
    await expect(page.getByRole("table", { name: "What is wrong" })).toHaveCount(0);
    const row = page
      .getByRole("table", { name: "Orders of the file" })
      .getByRole("row")
      .filter({ hasText: one });
    await expect(row).toContainText("£150.00");
    await expect(row).toContainText("New");
    await expect(count(page, "To be invoiced")).toHaveText("£270.00 GBP");
    await page.getByRole("button", { name: "Send 2 orders" }).click();
    await expect(page.getByText("2 orders were sent. Xero follows within a minute.")).toBeVisible();
    await arrive(page, "Review orders");
    await expect(count(page, "Same as before")).toContainText("2");
    await expect(page.getByRole("button", { name: /^Send / })).toHaveCount(0);
    for (const [number, total] of [
      [one, 15_000],
      [two, 12_000],
    ] as const)
      await expect
        .poll(() => inXero(ground, number), { timeout: 30_000 + TAKE_UP_MS })
        .toEqual([{ status: "AUTHORISED", total }]);
  });

  await test.step("the same file with one order more sends that one alone", async () => {
    await page.goto(`${FIRM}/orders/upload`);
    await upload(page, filled(names, [...good, { "Order number": three, ...once, ...tower }]));
    await arrive(page, "Review orders");
    await expect(count(page, "Same as before")).toContainText("2");
    await page.getByRole("button", { name: "Send 1 order" }).click();
    await expect(page.getByText("One order was sent.")).toBeVisible();
    await expect
      .poll(() => inXero(ground, three), { timeout: 30_000 + TAKE_UP_MS })
      .toEqual([{ status: "AUTHORISED", total: 12_000 }]);
    expect(await inXero(ground, one)).toHaveLength(1);
  });

  await test.step("the template as it comes is a file that can be read", async () => {
    await page.goto(`${FIRM}/orders/upload`);
    await page.getByLabel("Or its text").fill(text);
    await page.getByRole("button", { name: "Review orders" }).click();
    await arrive(page, "Review orders");
    await expect(page.getByRole("table", { name: "Orders of the file" })).toContainText("W-10234");
  });
});
