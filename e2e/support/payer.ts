/** What a payer does, as they do it. */
import { expect, type Page } from "@playwright/test";
import { arrive } from "./arrive.ts";
import type { Made } from "./billing.ts";

export const CARD = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  asksBank: "4000 0025 0000 3155",
} as const;

/** The link that stands behind an invoice's Pay now. */
export function payLink(
  firm: string,
  invoice: Pick<Made, "number" | "amount">,
  more: Record<string, string> = {},
): string {
  const query = Object.entries({ ...more, amount: invoice.amount, invoice: invoice.number })
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join("&");
  return `/pay/quickfee/${firm}?${query}`;
}

export async function toDetails(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
  await arrive(page, "Your details");
}

/** From harbour's link of this invoice to the details. */
export async function openDetails(page: Page, invoice: Made): Promise<void> {
  await page.goto(payLink("harbour", invoice));
  await toDetails(page);
}

export type Payer = { name: string; email: string };

export const PAT: Payer = { name: "Pat Payer", email: "pat@clients.example" };

/** Fills the details, ticks the terms, presses Pay. */
export async function sendDetails(page: Page, payer: Payer): Promise<void> {
  await fillDetails(page, payer);
  await page.getByRole("button", { name: /^Pay / }).click();
}

export async function fillDetails(page: Page, { name, email }: Payer): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel(/I have read and accept the terms/).check();
}

export async function atProcessor(page: Page): Promise<void> {
  await page.waitForURL(/\/c\/pay\//);
}

/** On the processor's page. */
export async function payByCard(page: Page, number: string = CARD.good): Promise<void> {
  await atProcessor(page);
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("Security code").fill("123");
  await page.getByLabel("Cardholder name").fill("Pat Payer");
  await page.getByRole("button", { name: /^Pay / }).click();
}

/** The same with the bank account that Stripe publishes for a debit that succeeds. */
export async function payByBacs(page: Page): Promise<void> {
  await atProcessor(page);
  await page.getByLabel("Bacs Direct Debit").check();
  await page.getByLabel("Sort code").fill("10-88-00");
  await page.getByLabel("Account number").fill("00012345");
  await page.getByLabel("Name on the account").fill("Pat Payer");
  await page.getByRole("button", { name: /^Pay / }).click();
}

/** The receipt's reference, once its page is there. */
export async function receipt(page: Page): Promise<string> {
  await arrive(page, "Receipt");
  const reference = await page.getByText(/^CF-[0-9A-Z]{10}-TEST$/).innerText();
  expect(page.url()).toMatch(/\/receipt$/);
  return reference;
}

/** From the open link to the receipt, with one card. Returns the reference. */
export async function pay(page: Page, payer: Payer): Promise<string> {
  await toDetails(page);
  await sendDetails(page, payer);
  await payByCard(page);
  return receipt(page);
}
