import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

/** A file for each kind of page that axe found nothing on in this run: workers come and go, with each project at least. */
export const LOOKED = path.resolve(".data/axe");

/** Waits for the page of this heading, and has axe look at it: once for each project and kind of page. */
export async function arrive(page: Page, heading: string | RegExp): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: heading }).first()).toBeVisible();
  await lookOver(page, String(heading));
}

async function lookOver(page: Page, state: string): Promise<void> {
  const { name, use } = test.info().project;
  if (use.javaScriptEnabled === false) return;
  const key = `${name} ${new URL(page.url()).pathname.replace(/[A-Za-z0-9_-]{36,}/, "…")} ${state}`;
  const mark = path.join(LOOKED, createHash("sha256").update(key).digest("hex"));
  if (existsSync(mark)) return;
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  expect(found, `axe on ${key}`).toEqual([]);
  mkdirSync(LOOKED, { recursive: true });
  writeFileSync(mark, "");
}
