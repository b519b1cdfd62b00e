import type { Page } from "@playwright/test";
import { arrive } from "./support/arrive.ts";
import { bill, type Client } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { pay, payLink } from "./support/payer.ts";

/** From the client's link to the page that asks for the code; the code itself comes from the mailbox. */
async function askForCode(page: Page, ground: Ground, client: Client): Promise<string> {
  const before = (await ground.simulator.letters(client.email, "is your code")).length;
  await page.getByRole("button", { name: "E-mail a code to c•••@c•••.example" }).click();
  await arrive(page, "Enter the code");
  await expect
    .poll(async () => (await ground.simulator.letters(client.email, "is your code")).length)
    .toBe(before + 1);
  const [letter] = await ground.simulator.letters(client.email, "is your code");
  return /^(\d{6}) is your code for Harbour Books$/.exec(letter?.subject ?? "")?.[1] ?? "";
}

async function enter(page: Page, code: string): Promise<void> {
  await page.getByLabel("Six-digit code").fill(code);
  await page.getByRole("button", { name: "Show my invoices" }).click();
}

async function twoInvoices(ground: Ground) {
  const client = await bill(ground, "harbour", [{ total: "61.61" }, { total: "62.62" }]);
  const [asked, other] = client.invoices;
  if (!asked || !other) throw new Error("Not billed");
  return { client, asked, other };
}

test("Privacy: the client's other invoices appear after the code from their mailbox, and can be paid together", async ({
  page,
  ground,
  newVisitor,
}) => {
  const { client, asked, other } = await twoInvoices(ground);
  await page.goto(payLink("harbour", asked));
  await arrive(page, `Invoice ${asked.number}`);
  const code = await askForCode(page, ground, client);
  await expect(page.getByRole("main")).not.toContainText(client.email);
  await enter(page, code);

  await arrive(page, `Invoices for ${client.name}`);
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  await page.getByRole("checkbox", { name: other.number }).check();
  await pay(page, { name: "Pat Payer", email: client.email });
  await expect(page.getByRole("main")).toContainText("£124.23");

  const stranger = await newVisitor();
  await stranger.goto(payLink("harbour", other));
  expect(await stranger.content()).not.toContain(client.name);
});

test("Privacy: a wrong code says how many tries are left; after five the code is gone", async ({
  page,
  ground,
}) => {
  const { client, asked } = await twoInvoices(ground);
  await page.goto(payLink("harbour", asked));
  const code = await askForCode(page, ground, client);
  const wrong = code === "000000" ? "000001" : "000000";
  for (const left of ["4 tries left.", "3 tries left.", "2 tries left.", "1 try left."]) {
    await enter(page, wrong);
    await expect(page.getByRole("alert").first()).toContainText("That is not the code.");
    await expect(page.getByText(left)).toBeVisible();
    await arrive(page, "Enter the code");
  }
  await enter(page, wrong);
  await expect(page.getByRole("alert").first()).toContainText("That code can't be used any more.");
  await enter(page, code);
  await expect(page.getByRole("alert").first()).toContainText("That code can't be used any more.");
  await page.goto(payLink("harbour", asked));
  await arrive(page, `Invoice ${asked.number}`);
});

test("Privacy: a code that is over opens nothing; a new one does", { tag: "@once" }, async ({
  page,
  ground,
}) => {
  const { client, asked } = await twoInvoices(ground);
  await page.goto(payLink("harbour", asked));
  const old = await askForCode(page, ground, client);
  await ground.query(
    "update email_codes set expires_at = now() - interval '1 second' where contact_id = $1",
    [asked.contactId],
  );
  await enter(page, old);
  await expect(page.getByRole("alert").first()).toContainText("That code can't be used any more.");
  const count = (await ground.simulator.letters(client.email)).length;
  await page.getByRole("button", { name: "Send a new code" }).click();
  await expect.poll(async () => (await ground.simulator.letters(client.email)).length).toBe(count + 1);
  const [letter] = await ground.simulator.letters(client.email);
  await enter(page, letter?.subject.slice(0, 6) ?? "");
  await arrive(page, `Invoices for ${client.name}`);
});

test("Privacy: a code goes to whichever of the client's addresses is chosen; without one the page says whom to ask", {
  tag: "@once",
}, async ({ page, ground }) => {
  const { asked, other } = await twoInvoices(ground);
  const { contactId } = asked;
  const inMirror = async (what: string) =>
    expect
      .poll(async () =>
        JSON.stringify(
          await ground.query("select email, persons from contacts where contact_id = $1", [contactId]),
        ),
      )
      .toContain(what);
  await ground.simulator.inside("harbour", "contact", {
    contactId,
    persons: [{ email: "kim@quay.example", includeInEmails: true }, { email: "lee@quay.example" }],
  });
  await inMirror("lee@quay.example");
  await page.goto(payLink("harbour", asked));
  expect(await page.content()).not.toContain("quay.example");
  await page.getByRole("button", { name: "E-mail a code to l•••@q•••.example" }).click();
  await arrive(page, "Enter the code");
  await expect(page.getByRole("main")).toContainText("on its way to l•••@q•••.example");
  await expect.poll(async () => (await ground.simulator.letters("lee@quay.example")).length).toBe(1);
  const [letter] = await ground.simulator.letters("lee@quay.example");
  await enter(page, letter?.subject.slice(0, 6) ?? "");
  await expect(page.getByRole("checkbox", { name: other.number })).toBeVisible();

  const nobody = await twoInvoices(ground);
  await ground.simulator.inside("harbour", "contact", { contactId: nobody.asked.contactId, email: "" });
  await expect
    .poll(
      async () =>
        (await ground.query("select email from contacts where contact_id = $1", [nobody.asked.contactId]))[0]
          ?.email,
    )
    .toBeNull();
  await page.goto(payLink("harbour", nobody.asked));
  await expect(page.getByRole("main")).toContainText("holds no e-mail address for you");
  await expect(page.getByRole("button", { name: /code/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
});

test("Privacy: of sixty wrong codes at once five are looked at", { tag: "@once" }, async ({
  page,
  ground,
}) => {
  const { client, asked } = await twoInvoices(ground);
  await page.goto(payLink("harbour", asked));
  const code = await askForCode(page, ground, client);
  const form = await page
    .locator("form", { has: page.getByLabel("Six-digit code") })
    .evaluate((one: HTMLFormElement) => ({
      action: one.action,
      ...Object.fromEntries([...new FormData(one)].map(([name, value]) => [name, String(value)])),
    }));
  const { action, ...fields } = form as Record<string, string>;
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      page.request.post(action ?? "", {
        form: { ...fields, code: String((Number(code) + 1 + at) % 1_000_000).padStart(6, "0") },
        headers: { origin: ground.webUrl },
        maxRedirects: 0,
      }),
    ),
  );
  const left = answers.map((answer) => /left=(\d)/.exec(answer.headers().location ?? "")?.[1] ?? "");
  expect(left.filter((one) => one !== "0").toSorted()).toEqual(["1", "2", "3", "4"]);
  const [tried] = await ground.query("select wrong_tries from email_codes where contact_id = $1", [
    asked.contactId,
  ]);
  expect(tried?.wrong_tries).toBe(5);
  await enter(page, code);
  await expect(page.getByRole("alert").first()).toContainText("That code can't be used any more.");
});
