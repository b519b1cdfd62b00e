import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { TAKE_UP_MS } from "./support/mode.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

/** Its own: it archives an account. */
test.use({ story: "orders" });

const FIRM = "/firms/quickfee/harbour";

/** What another program sends, and what it is answered. */
type Order = { number: string } & Record<string, unknown>;
type Answer = {
  id: string;
  state: string;
  outcome: string;
  faults: { code: string }[];
  documents: { payLink: string | null }[];
};

async function send(ground: Ground, key: string, order: Order): Promise<{ status: number; body: Answer }> {
  const answer = await fetch(`${ground.webUrl}/api/v1/orders`, {
    method: "POST",
    headers: {
      ...{ authorization: `Bearer ${key}`, "content-type": "application/json" },
      "x-forwarded-for": ownAddress(),
    },
    body: JSON.stringify(order),
  });
  return { status: answer.status, body: (await answer.json()) as Answer };
}

const anOrder = (more: Record<string, unknown> = {}): Order => ({
  ...{ source: "till", number: `W-${randomUUID().slice(0, 8)}`, currency: "GBP", amounts: "none" },
  buyer: { person: { name: `Robin ${randomUUID().slice(0, 8)}`, email: `${randomUUID()}@clients.example` } },
  lines: [{ kind: "Hire", description: "Scaffold tower", quantity: "3", unitPrice: "40.00" }],
  ...more,
});

/** All of that number that stand in Xero. */
async function inXero(ground: Ground, number: string) {
  const { tenantId } = await ground.simulator.organisation("harbour");
  const query = new URLSearchParams({ tenantId, number });
  const { invoices } = await ground.simulator.control<{ invoices: { status: string; total: number }[] }>(
    "GET",
    `/control/xero/invoices?${query}`,
  );
  return invoices.map(({ status, total }) => ({ status, total }));
}

const written = (ground: Ground, number: string) =>
  expect
    .poll(() => inXero(ground, number), { timeout: 30_000 + TAKE_UP_MS })
    .toEqual([{ status: "AUTHORISED", total: 12_000 }]);

/** Saves what is proposed, and makes a key for a till. */
async function setUp(page: Page): Promise<string> {
  await signIn(page, DEMO_PEOPLE.harbourOwner, `${FIRM}/settings/orders`);
  await arrive(page, "Orders");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. Orders become documents")).toBeVisible();
  await page.goto(`${FIRM}/settings/api-keys`);
  await arrive(page, "API keys");
  await page.getByLabel("Which system will use it").fill(`Till ${randomUUID().slice(0, 8)}`);
  await expect(page.getByLabel(/^Send orders/)).toBeChecked();
  await page.getByRole("button", { name: "Make a key" }).click();
  return page.locator("form code").innerText();
}

/** Archives an account in Xero, and brings forward the reading of accounts that would come within six hours. */
async function archiveAccount(ground: Ground, code: string): Promise<void> {
  const { tenantId } = await ground.simulator.organisation("harbour");
  const { accounts } = await ground.simulator.control<{ accounts: { id: string; code?: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${tenantId}`,
  );
  const accountId = accounts.find((one) => one.code === code)?.id;
  await ground.simulator.inside("harbour", "account", { accountId, status: "ARCHIVED" });
  await ground.query(
    `update sync_cursors s set due_at = now() from connections c
     where c.id = s.connection_id and c.tenant_id = $1 and s.kind = 'accounts'`,
    [tenantId],
  );
  await expect
    .poll(
      async () =>
        (
          await ground.query(
            `select a.status from accounts a join connections c on c.id = a.connection_id
             where c.tenant_id = $1 and c.ended_at is null and a.code = $2`,
            [tenantId, code],
          )
        ).map((row) => row.status),
      { timeout: 90_000 + TAKE_UP_MS },
    )
    .toEqual(["ARCHIVED"]);
}

test("G3 O2 O5: an order is in Xero once; one whose account was archived waits until it is mapped anew, then goes by itself", async ({
  page,
  ground,
}) => {
  // The desk reads accounts each minute at most.
  test.slow();
  const key = await setUp(page);
  await page.goto(`${FIRM}/settings/mapping`);
  await arrive(page, "Mapping");
  await page.getByText("Add a kind of item").click();
  const kinds = page.getByRole("region", { name: "Kinds of item" });
  await kinds.getByLabel("Name").fill("Hire");
  await kinds.getByLabel("Account", { exact: true }).selectOption("205 · Accounting Fees");
  await kinds.getByRole("button", { name: "Add this kind" }).click();
  await expect(page.getByText("“Hire” is on the list.")).toBeVisible();

  const first = anOrder();
  expect(await send(ground, key, first)).toMatchObject({
    status: 202,
    body: { outcome: "new", state: "queued" },
  });
  await written(ground, first.number);
  const row = page.getByRole("row").filter({ hasText: first.number });
  // Xero has it a moment before the desk knows.
  await expect(async () => {
    await page.goto(`${FIRM}/orders`);
    await arrive(page, "Orders");
    await expect(row).toContainText("In Xero", { timeout: 500 });
  }).toPass();
  await expect(row).toContainText("£120.00");
  await row.getByRole("link", { name: first.number, exact: true }).click();
  await arrive(page, `Order ${first.number}`);
  await expect(page.getByRole("row").filter({ hasText: "Line 1" })).toContainText("205 · Accounting Fees");
  await expect(page.getByText("The invoice written to Xero")).toBeVisible();
  const again = await send(ground, key, first);
  expect(again).toMatchObject({ status: 200, body: { outcome: "same", state: "written" } });
  await page.goto(again.body.documents[0]?.payLink ?? "");
  await expect(page.getByText(first.number).first()).toBeVisible();
  await expect(page.getByText("£120.00").first()).toBeVisible();

  await archiveAccount(ground, "205");
  const second = anOrder();
  expect(await send(ground, key, second)).toMatchObject({
    status: 202,
    body: { state: "held", faults: [{ code: "account-archived" }] },
  });
  await page.goto(FIRM);
  await expect(page.getByText("An order waits")).toBeVisible();
  await page.goto(`${FIRM}/to-do`);
  await arrive(page, "To-do");
  const held = page.getByRole("region", { name: "Orders that wait" }).getByRole("listitem");
  await expect(held).toContainText("1 order waits: Hire: Account 205 Accounting Fees is archived in Xero.");
  await expect(held).toContainText(second.number);
  await held.getByRole("link", { name: "The order" }).click();
  await arrive(page, "Orders");
  await expect(page.getByText("Held for: An account is archived (205)")).toBeVisible();
  await page.getByRole("link", { name: second.number, exact: true }).click();
  await arrive(page, `Order ${second.number}`);
  await expect(page.getByText("At: line 1, kind.")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("One thing still keeps it, see below.")).toBeVisible();

  await page.getByRole("link", { name: "Open Settings → Mapping" }).click();
  await arrive(page, "Mapping");
  const hire = page.getByRole("listitem").filter({ hasText: "Hire" });
  await hire.getByRole("link", { name: "Change" }).click();
  await hire.getByLabel("Account", { exact: true }).selectOption("260 · Other Revenue");
  await hire.getByRole("button", { name: "Save" }).click();
  await expect(hire.getByText("Saved: “Hire” is mapped.")).toBeVisible();
  await written(ground, second.number);
  await expect.poll(async () => (await send(ground, key, second)).body.state).toBe("written");
  expect(await inXero(ground, first.number)).toHaveLength(1);
  await page.goto(`${FIRM}/to-do`);
  await expect(page.getByRole("region", { name: "Orders that wait" })).toHaveCount(0);
});

test("G3 staff look an order over as it would be now, credit a part of it, and cancel the rest", async ({
  page,
  ground,
}) => {
  const key = await setUp(page);
  const sent = anOrder();
  const { body } = await send(ground, key, sent);
  await written(ground, sent.number);
  await expect.poll(async () => (await send(ground, key, sent)).body.state).toBe("written");
  const here = `${FIRM}/orders/${body.id}`;
  await page.goto(here);
  await page.getByRole("link", { name: "Dry run again" }).click();
  await expect(page.getByRole("table", { name: "The invoice, now" })).toContainText("£120.00");

  await page.getByRole("link", { name: "Credit…" }).click();
  await arrive(page, `Credit order ${sent.number}`);
  await page.getByLabel("Amount in GBP").fill("500");
  await page.getByRole("button", { name: "Review credit note" }).click();
  await expect(page.getByText("At most £120.00 can be credited.")).toBeVisible();
  await page.getByLabel("Amount in GBP").fill("20");
  await page.getByRole("button", { name: "Review credit note" }).click();
  await arrive(page, `Credit order ${sent.number}`);
  await expect(page.getByText("All of it is set against what is owed of the invoice.")).toBeVisible();
  await page.getByLabel("Reason").fill("One tower came late");
  await page.getByRole("button", { name: "Credit £20.00" }).click();
  await expect(page.getByText("The credit note is kept. Xero follows within a minute.")).toBeVisible();
  const owed = async () => (await ground.simulator.invoice("harbour", sent.number)).amountDue;
  await expect.poll(owed, { timeout: 30_000 + TAKE_UP_MS }).toBe(10_000);

  await page.goto(`${here}/cancel`);
  await arrive(page, `Cancel order ${sent.number}`);
  await expect(page.getByText("a credit note of £100.00 is written")).toBeVisible();
  await page.getByRole("button", { name: "Cancel the order" }).click();
  await expect(page.getByText("The order is cancelled. Xero follows within a minute.")).toBeVisible();
  await expect.poll(owed, { timeout: 30_000 + TAKE_UP_MS }).toBe(0);
  await expect(async () => {
    await page.goto(here);
    await expect(page.getByText("The credit note set against its invoice in Xero")).toHaveCount(2, {
      timeout: 500,
    });
  }).toPass();
  await expect(page.getByText("Cancelled: its invoice is credited")).toBeVisible();
});
