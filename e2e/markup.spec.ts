/** X1: what Xero's users and payers type is text on every page and in every letter, whatever it looks like. */
import { unique } from "./support/billing.ts";
import { expect, test } from "./support/fixtures.ts";
import { TAKE_UP_MS } from "./support/mode.ts";
import { pay, payLink } from "./support/payer.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

const RUN = "window.__ran=1";
const TAGS = [
  "img src=x onerror",
  "svg onload",
  "body onload",
  "input autofocus onfocus",
  "details open ontoggle",
];
const PAYLOADS = [
  `<script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `</title><script>${RUN}</script>`,
  `</textarea><script>${RUN}</script>`,
  `--><script>${RUN}</script>`,
  `]]><script>${RUN}</script>`,
  `<scr<script>ipt>${RUN}</script>`,
  `<ScRiPt>${RUN}</sCrIpT>`,
  `<script src=//evil.example></script>`,
  `<script/x>${RUN}</script>`,
  ...TAGS.flatMap((tag) => [
    `<${tag}=${RUN}>`,
    `"><${tag}=${RUN}>`,
    `'><${tag}="${RUN}">`,
    `<${tag}\u00a0=${RUN}//`,
  ]),
  `" onmouseover="${RUN}`,
  `' onfocus='${RUN}' autofocus='`,
  `" style="background:url(//evil.example)`,
  `<a href="javascript:${RUN}">go</a>`,
  `javascript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `<iframe srcdoc="<script>${RUN}</script>">`,
  `<object data="javascript:${RUN}">`,
  `<embed src="javascript:${RUN}">`,
  `<base href="//evil.example/">`,
  `<meta http-equiv=refresh content="0;url=//evil.example">`,
  `<link rel=stylesheet href=//evil.example>`,
  `<style>*{display:none}</style>`,
  `<form action=//evil.example><button>Pay</button>`,
  `<math><mi xlink:href="javascript:${RUN}">`,
  `<template><script>${RUN}</script></template>`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `<%= ${RUN} %>`,
  `$ACTION_REF_1`,
  `{"$$typeof":"react.element"}`,
  `["$","script",null,{"children":"${RUN}"}]`,
  `"])</script><script>${RUN}</script>`,
  `\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `&#60;script&#62;${RUN}`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `\u2028${RUN}//`,
];

test(`X1: ${PAYLOADS.length} kinds of markup as names, numbers and descriptions in Xero are read as text`, {
  tag: "@once",
}, async ({ page, open, context }) => {
  test.setTimeout(120_000);
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(50);
  const dialogs: string[] = [];
  page.on("dialog", async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const key = unique();
  const name = (at: number) => `${key}-${at} ${PAYLOADS[at]}`;
  type Contacts = { Contacts: { ContactID: string }[] };
  const { Contacts } = await open.simulator.books<Contacts>("demo", "PUT", "Contacts", {
    Contacts: PAYLOADS.map((payload, at) => ({
      Name: name(at),
      FirstName: payload,
      LastName: payload,
      EmailAddress: `${key}-${at}@clients.example`.toLowerCase(),
    })),
  });
  await open.simulator.books("demo", "PUT", "Invoices", {
    Invoices: PAYLOADS.map((payload, at) => ({
      Type: "ACCREC",
      Contact: { ContactID: Contacts[at]?.ContactID },
      InvoiceNumber: name(at).slice(0, 255),
      Reference: payload,
      Date: "2026-11-01",
      DueDate: "2026-12-24",
      Status: "AUTHORISED",
      LineAmountTypes: "NoTax",
      LineItems: [{ Description: payload, Quantity: 1, UnitAmount: `${at + 1}.13`, AccountCode: "200" }],
    })),
  });
  const mirrored = () => open.query("select 1 from invoices where number like $1", [`${key}-%`]);
  await expect
    .poll(async () => (await mirrored()).length, { timeout: 30_000 + TAKE_UP_MS })
    .toBe(PAYLOADS.length);

  for (const at of PAYLOADS.keys()) {
    const link = payLink("demo", { number: name(at), amount: `${at + 1}.13` });
    await page.goto(link);
    const shown = (await page.getByRole("main").innerText()).replace(/\s+/g, " ");
    const wanted = name(at).replace(/\s+/g, " ");
    expect(shown, `as a name and number: ${wanted}`).toContain(wanted);
    expect(await page.evaluate(() => "__ran" in window), wanted).toBe(false);
  }

  const payer = { name: `Pat ${PAYLOADS[10]}`, email: `${key}@clients.example`.toLowerCase() };
  await page.goto(payLink("demo", { number: name(0), amount: "1.13" }));
  await pay(page, payer);
  await expect(page.getByRole("main")).toContainText(name(0));
  await expect.poll(async () => (await open.simulator.letters(payer.email, "Receipt")).length).toBe(1);
  const [letter] = await open.simulator.letters(payer.email, "Receipt");
  expect(letter?.text).toContain(payer.name);
  expect(letter?.html).not.toMatch(/<(script|img|svg)/i);

  await signIn(page, DEMO_PEOPLE.demoOwner);
  for (const path of [
    "",
    "/payments",
    `/payments?find=${encodeURIComponent(PAYLOADS[10] ?? "")}`,
    "/to-do",
  ]) {
    await page.goto(`/firms/quickfee/demo${path}`);
    expect(await page.evaluate(() => "__ran" in window), path).toBe(false);
  }
  await page.goto("/firms/quickfee/demo/payments");
  await expect(page.getByRole("main")).toContainText(name(0));
  expect(dialogs).toEqual([]);
});
