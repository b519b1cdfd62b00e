import { type Browser, type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type Ground, openGround } from "./ground.ts";
import { RENDERER, TAKE_UP_MS } from "./mode.ts";
import { connectDemo } from "./staff.ts";
import { watch } from "./watch.ts";

type TestFixtures = {
  guarded: undefined;
  /** Opens a page in the browser of somebody else, at an address of their own. */
  newVisitor: () => Promise<Page>;
};
type WorkerFixtures = {
  /** Tests of one name share a stack, others never: for a story that must begin with nothing connected. */
  story: string;
  /** Who draws the payer's pages: as PAY_RENDERER has it. */
  renderer: "own" | "next";
  ground: Ground;
  /** The ground with firm demo connected: its links show a client's other invoices at once. */
  open: Ground;
};

let addresses = 0;

/** Nobody else's: limits that count by address start anew in each test. */
export function ownAddress(): string {
  addresses += 1;
  const worker = Number(process.env.TEST_WORKER_INDEX ?? 0) % 250;
  return `198.${18 + (worker >> 7)}.${worker}.${1 + (addresses % 250)}`;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  story: ["", { scope: "worker", option: true }],
  renderer: [RENDERER, { scope: "worker", option: true }],
  ground: [
    async ({ story: _, renderer }, use) => {
      const ground = await openGround(renderer);
      await use(ground);
      await ground.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  open: [
    async ({ ground, browser }, use) => {
      await connectDemo(ground, browser as Browser);
      await use(ground);
    },
    { scope: "worker", timeout: 60_000 + TAKE_UP_MS },
  ],
  baseURL: async ({ ground }, use) => use(ground.webUrl),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
  extraHTTPHeaders: async ({}, use) => use({ "x-forwarded-for": ownAddress() }),
  guarded: [
    async ({ context, ground }, use) => {
      const faults = watch(context, ground);
      await use(undefined);
      await ground.simulator.clearFaults();
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
  newVisitor: async ({ browser, ground }, use) => {
    const contexts: BrowserContext[] = [];
    const faults: string[][] = [];
    await use(async () => {
      const context = await browser.newContext({
        baseURL: ground.webUrl,
        extraHTTPHeaders: { "x-forwarded-for": ownAddress() },
      });
      contexts.push(context);
      faults.push(watch(context, ground));
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(faults.flat()).toEqual([]);
  },
});

export { expect };
