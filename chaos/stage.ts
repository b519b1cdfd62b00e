/**
 * Where the nemesis works: PostgreSQL, the simulator, two web processes behind a proxy, two workers, each a process of its
 * own in a production build; and three firms with an organisation and a Stripe account each, all of one Xero user.
 */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import { openFront } from "../e2e/support/front.ts";
import { closeDb, db } from "../lib/core/db.ts";
import { closeQueue } from "../lib/core/queue/queue.ts";
import { webhookUrl } from "../lib/processor/save-account.ts";
import { saveWebhookSecret } from "../lib/processor/webhooks/save-webhook-secret.ts";
import { bundlePrograms } from "../lib/testing/bundle.ts";
import { openDesk, STRIPE_KEYS } from "../lib/testing/desk.ts";
import { type PayoutDesk, withClearing } from "../lib/testing/payouts.ts";
import { controlAt, type Simulator } from "../lib/testing/simulator-process.ts";
import { DEMO_APP } from "../lib/testing/xero/at-xero.ts";
import { appOf } from "../lib/testing/xero/ringing.ts";
import { build } from "../scripts/build.ts";
import type { Child } from "../scripts/stack/child.ts";
import { throwAway } from "../scripts/stack/leftovers.ts";
import { freePort } from "../scripts/stack/ports.ts";
import { startStack } from "../scripts/stack/stack.ts";

export type Post = { kind: "web" | "worker"; child: Child; start(): Promise<Child>; isUp: boolean };
export type Stage = {
  folder: string;
  origin: string;
  simulator: Simulator;
  desks: PayoutDesk[];
  posts: Post[];
  crashDatabase(): Promise<void>;
  /** All that web and workers have said, and the secrets that they must not say. */
  evidence(): { logs: string; secrets: string[] };
  close(): Promise<void>;
};

/** Xero's own limits a minute and a day would be what is measured otherwise; five at once stays as it is. */
const LIMITS = { minute: 100_000, day: 10_000_000, appMinute: 1_000_000 };
const HOMES = [
  { country: "au", code: "AU" },
  { country: "uk", code: "GB" },
  { country: "us", code: "US" },
] as const;

export async function openStage(invoices: number): Promise<Stage> {
  build();
  const folder = path.resolve(".data/chaos");
  await throwAway(folder);
  mkdirSync(folder, { recursive: true });
  const ports: number[] = [];
  const front = await openFront(ports);
  const stops: (() => Promise<unknown>)[] = [front.close];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const stack = await startStack({
      folder,
      env: { PUBLIC_ORIGIN: front.url, TRUSTED_PROXY_HOPS: "2", LOG_LEVEL: "warn" },
    });
    stops.push(stack.stop);
    const second = await freePort();
    const webAt = (port: number, child: Child): Post => {
      ports.push(port);
      return { kind: "web", child, start: () => stack.startWeb(port), isUp: true };
    };
    const worker = (child: Child): Post => ({ kind: "worker", child, start: stack.startWorker, isUp: true });
    const posts = [
      webAt(Number(new URL(stack.webUrl).port), stack.web),
      webAt(second, await stack.startWeb(second)),
      worker(stack.worker),
      worker(await stack.startWorker()),
    ];

    // This process is one more of the desk's: it asks for refunds, and reads what became of all.
    Object.assign(process.env, stack.env, { BUNDLED_PROGRAMS: await bundlePrograms(folder) });
    stops.push(closeDb, closeQueue);
    const simulator: Simulator = {
      url: stack.simulatorUrl,
      smtpPort: 0,
      control: controlAt(stack.simulatorUrl),
      whileStopped: () => Promise.reject(new Error("The stack's simulator goes on")),
    };
    return {
      folder,
      origin: front.url,
      simulator,
      desks: await openDesks(simulator, invoices),
      posts,
      crashDatabase: stack.crashDatabase,
      evidence: () => ({
        logs: ["web", "worker"]
          .map((name) => readFileSync(path.join(folder, "logs", `${name}.log`), "utf8"))
          .join("\n"),
        secrets: [
          stack.env.SESSION_SECRET ?? "",
          ...(stack.env.VAULT_KEYS ?? "").split(",").map((key) => key.split(":")[1] ?? ""),
          ...Object.values(STRIPE_KEYS),
          ...[DEMO_APP.clientSecret, DEMO_APP.webhookKey],
        ],
      }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openDesks(simulator: Simulator, invoices: number): Promise<PayoutDesk[]> {
  const app = { redirectUris: [`${process.env.PUBLIC_ORIGIN}/api/xero/callback`] };
  await simulator.control("PUT", `/control/apps/${DEMO_APP.clientId}`, app);
  const desks: PayoutDesk[] = [];
  for (const { country, code } of HOMES) {
    const { tenantId } = await simulator.control<{ tenantId: string }>(
      "POST",
      "/control/xero/organisations",
      {
        ...{ name: `Chaos ${code}`, shortCode: `!ch0${code}`, country: code, invoices },
      },
    );
    const [first] = desks;
    const beside = first ? { beside: first } : {};
    const opened = await openDesk(db(), simulator, { country, tenantId, backfill: false, ...beside });
    const desk = await withClearing(opened, country);
    await desk.setUp();
    const { secret } = await simulator.control<{ secret: string }>("POST", "/control/stripe/listen", {
      apiKey: STRIPE_KEYS[country],
      forwardTo: webhookUrl(desk.processorAccountId),
    });
    await saveWebhookSecret(db(), desk.caller, { secret });
    desks.push(desk);
  }
  await simulator.control("POST", "/control/xero/settings", { limits: LIMITS });
  const appId = await appOf(db(), desks[0]?.books.connectionId ?? "");
  await simulator.control("PUT", `/control/apps/${DEMO_APP.clientId}`, {
    ...{ ...app, webhookUrl: `${process.env.PUBLIC_ORIGIN}/api/xero/webhook/${appId}` },
    webhookKey: DEMO_APP.webhookKey,
  });
  const { status } = await simulator.control<{ status: string }>("POST", "/control/webhooks/intent", {
    clientId: DEMO_APP.clientId,
  });
  if (status !== "ok") throw new Error("Xero's webhooks do not reach the desk");
  await mirrored(desks.length);
  return desks;
}

/** The workers have read these organisations whole. */
async function mirrored(organisations: number): Promise<void> {
  for (const giveUp = Date.now() + 180_000; Date.now() < giveUp; ) {
    const { rows } = await db().execute<{ read: number }>(
      sql`select count(*)::int as read from (select connection_id from sync_cursors group by connection_id having bool_and(page is null)) as whole`,
    );
    if (rows[0]?.read === organisations) return;
    await new Promise((later) => setTimeout(later, 500));
  }
  throw new Error("The mirror was not filled within three minutes");
}
