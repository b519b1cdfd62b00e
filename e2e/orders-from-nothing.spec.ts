import { randomUUID } from "node:crypto";
import { arrive } from "./support/arrive.ts";
import { newCompany } from "./support/company.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { TAKE_UP_MS } from "./support/mode.ts";
import {
  allowAccess,
  booksRead,
  chooseClearing,
  goToConsent,
  sendCompanyApp,
  signIn,
} from "./support/staff.ts";

type Order = {
  id: string;
  state: string;
  documents: { kind: string; state: string; xeroId: string; payLink: string | null; email: string | null }[];
  attachments: { state: string }[];
};

/** One call of the API, as another program makes it. */
async function call(
  ground: Ground,
  key: string,
  { path, body, type = "application/json" }: { path: string; body?: BodyInit; type?: string },
): Promise<{ status: number; order: Order }> {
  const answer = await fetch(`${ground.webUrl}/api/v1/orders${path}`, {
    ...(body === undefined ? {} : { method: "POST", body }),
    headers: {
      ...{ authorization: `Bearer ${key}`, "content-type": type },
      "x-forwarded-for": ownAddress(),
    },
  });
  return { status: answer.status, order: (await answer.json()) as Order };
}

test("G3 G4 from nothing: an app of its own, options from the chart, an order by the API with a file and an e-mail, and a refund", async ({
  page,
  ground,
}) => {
  test.slow();
  const { place, broker, app } = await newCompany(ground);
  const settings = `/firms/${place}/settings`;

  await test.step("the app is tested on save, and the organisation connected", async () => {
    await signIn(page, broker);
    await sendCompanyApp(page, place, { ...app, clientSecret: "wrong-secret" });
    await expect(
      page
        .locator("#company-app")
        .getByText(/Xero doesn't take this secret/)
        .first(),
    ).toBeVisible();
    await page.goto(`${settings}/orders`);
    await expect(page.getByText("connect Xero")).toBeVisible();
    await sendCompanyApp(page, place, app);
    await expect(page.getByText("Saved. Xero took this client id with its secret.")).toBeVisible();
    await goToConsent(page, place, "lakeview");
    await allowAccess(page, "lakeview");
    await expect(page.getByText("Xero is connected.")).toBeVisible();
    await booksRead(ground, "lakeview");
    await chooseClearing(page, place);
  });

  const key =
    await test.step("options of the live chart appear, are good enough to leave, and a key is made", async () => {
      await page.goto(`${settings}/orders`);
      await arrive(page, "Orders");
      await expect(page.getByLabel("Sales account")).not.toHaveValue("");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await expect(page.getByText("Saved. Orders become documents")).toBeVisible();
      await page.goto(`${settings}/api-keys`);
      await arrive(page, "API keys");
      await page.getByLabel("Which system will use it").fill("Web shop");
      await expect(page.getByLabel("What its orders become")).toHaveValue("");
      await page.getByRole("button", { name: "Make a key" }).click();
      return page.locator("form code").innerText();
    });

  const number = `S-${randomUUID().slice(0, 8)}`;
  const person = { name: `Robin ${number}`, email: `${number.toLowerCase()}@clients.example` };
  const lines = [{ kind: "Hire", description: "Scaffold tower", quantity: "3", unitPrice: "40.00" }];
  const sent = {
    ...{ source: "shop", number, currency: "USD", amounts: "none", buyer: { person }, lines },
    sendEmail: true,
  };
  const { status, order } = await call(ground, key, { path: "", body: JSON.stringify(sent) });
  expect([status, order.state]).toEqual([202, "queued"]);
  const file = { path: `/${order.id}/attachments?fileName=Hire%20terms.pdf`, type: "application/pdf" };
  expect((await call(ground, key, { ...file, body: "%PDF-1.7\n" })).status).toBe(202);
  const now = async () => (await call(ground, key, { path: `/${order.id}` })).order;
  await expect
    .poll(
      async () => {
        const { documents, attachments } = await now();
        return [
          ...documents.map((one) => `${one.kind} ${one.state} ${one.email}`),
          ...attachments.map((one) => one.state),
        ];
      },
      { timeout: 30_000 + TAKE_UP_MS },
    )
    .toEqual(["invoice written written", "written"]);
  await expect.poll(async () => (await ground.simulator.letters(person.email, number)).length).toBe(1);

  await test.step("staff see what went with it, and what a past order would be by a mapping that they save", async () => {
    await page.goto(`/firms/${place}/orders/${order.id}`);
    await arrive(page, `Order ${number}`);
    await expect(page.getByRole("region", { name: "Files" })).toContainText("Hire terms.pdf");
    await expect(page.getByText("E-mail by Xero")).toBeVisible();
    await page.goto(`${settings}/mapping`);
    await arrive(page, "Mapping");
    const hire = page.getByRole("listitem").filter({ hasText: "Hire" });
    await hire.getByRole("link", { name: "Change" }).click();
    const account = hire.getByLabel("Account", { exact: true });
    const other = (await account.locator("option").allInnerTexts()).find((label) => label.startsWith("260"));
    await account.selectOption({ label: other ?? "" });
    await hire.getByRole("button", { name: "Save" }).click();
    await expect(hire.getByText("Saved: “Hire” is mapped.")).toBeVisible();
    const past = page.getByRole("region", { name: `Order ${number}, written by what is saved` });
    await expect(past.getByRole("row").filter({ hasText: "Line 1" })).toContainText(other ?? "");
  });

  // Nobody has said yet where money that is paid by link comes from.
  expect((await now()).documents[0]?.payLink).toBeNull();

  const refund = { refundNumber: "R-1", reason: "One tower came back", amount: "40.00" };
  const back = await call(ground, key, { path: `/${order.id}/refunds`, body: JSON.stringify(refund) });
  expect(back.status).toBe(202);
  await expect
    .poll(async () => (await ground.simulator.invoice("lakeview", number)).amountDue, {
      timeout: 30_000 + TAKE_UP_MS,
    })
    .toBe(8_000);
  expect((await now()).documents.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    "invoice written",
    "order_credit written",
  ]);
});
