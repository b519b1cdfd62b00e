/**
 * C4: after Save each field shows what is kept. Every form of the settings pages is found by itself, filled with
 * something else, saved, and held against the page as it is when it is opened anew.
 */
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

const SETTINGS = "/firms/quickfee/harbour/settings";
const PAGES = ["firm", "payment-link", "payouts", "processor", "xero/usage", "orders"];

/** What other forms do is tested where they are: they keep a secret, or only look something over. */
const NOT_KEPT = ["secretKey", "webhookSecret", "clientSecret", "check"];

/** What stands for any text that a field takes; the rest gets " changed" behind it. */
const TEXTS: Record<string, string> = {
  supportEmail: "changed@harbour.example",
  supportPhone: "020 7946 0123",
  accent: "#7a1d4f",
  minimum: "12.50",
  fromInvoices: "3",
  hours: "12",
  startsOn: "2026-11-02",
  numberPrefix: "SHOP-",
  dueDays: "30",
  cashContact: "Quayside Bakery",
  supplierContact: "Sea Star Imports Inc",
};

type Kept = Record<string, string>;

// It leaves every setting changed: nobody else's stack.
test.use({ story: "saved forms" });

test("C4: after Save each field of each settings form shows what is kept", { tag: "@once" }, async ({
  page,
}) => {
  test.setTimeout(180_000);
  await signIn(page, DEMO_PEOPLE.broker, SETTINGS);
  let saved = 0;
  for (const name of PAGES) {
    await open(page, name);
    const count = await forms(page).count();
    for (let at = 0; at < count; at += 1) {
      const form = forms(page).nth(at);
      const before = await valuesOf(form);
      const names = Object.keys(before);
      if (names.length === 0 || names.some((one) => NOT_KEPT.includes(one))) continue;
      await test.step(`${name}: ${names.join(", ")}`, async () => {
        const changed = await change(form);
        await form.getByRole("button").last().click();
        await expect(form.getByRole("status")).toBeVisible();
        const shown = await valuesOf(form);
        expect(shown, "as it stands after Save").toEqual(changed);
        await open(page, name);
        expect(await valuesOf(forms(page).nth(at)), "as it is when opened anew").toEqual(shown);
        saved += 1;
      });
    }
  }
  expect(saved).toBeGreaterThanOrEqual(7);
});

/** Forms of the page itself; the desk's bar has one to sign out. */
const forms = (page: Page): Locator => page.locator("main form");

async function open(page: Page, name: string): Promise<void> {
  await page.goto(`${SETTINGS}/${name}`);
  await page.waitForLoadState("networkidle");
}

/** By name, what a person sees in each control: hidden ones and files left out. */
function valuesOf(form: Locator): Promise<Kept> {
  return form.evaluate((element) => {
    const kept: Record<string, string> = {};
    for (const control of element.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
      "input, select, textarea",
    )) {
      // An "I understand" is said anew each time.
      if (["hidden", "file"].includes(control.type) || control.name === "understood") continue;
      if (control.type === "radio" && !(control as HTMLInputElement).checked) continue;
      kept[control.name] =
        control.type === "checkbox" ? String((control as HTMLInputElement).checked) : control.value;
    }
    return kept;
  });
}

/** Types, ticks and chooses something else everywhere, as a person would. */
async function change(form: Locator): Promise<Kept> {
  for (const control of await form.locator("select").all()) {
    const value = await control.evaluate((element: HTMLSelectElement) => {
      const other = [...element.options].find(
        (option) => option.value !== "" && !option.disabled && option.value !== element.value,
      );
      return other?.value ?? element.value;
    });
    await control.selectOption(value);
  }
  const radio = form.locator("input[type=radio]:not(:checked)").first();
  if ((await radio.count()) > 0) await radio.check();
  for (const control of await form.locator("input[type=checkbox]:visible").all()) await control.check();
  const texts = form.locator(
    "textarea, input:not([type=checkbox], [type=radio], [type=hidden], [type=file])",
  );
  for (const control of await texts.all()) {
    const name = (await control.getAttribute("name")) ?? "";
    await control.fill(TEXTS[name] ?? `${await control.inputValue()} changed`);
  }
  return valuesOf(form);
}
