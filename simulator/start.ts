/** Puts the parts together. Used by main.ts and by tests that want the real server in their own process. */
import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { controlRoutes } from "./control/index.ts";
import { createHttpServer } from "./core/http.ts";
import type { World } from "./core/types.ts";
import { createWorld, settled } from "./core/world.ts";
import { identityRoutes } from "./identity/index.ts";
import { mailboxRoutes, startSmtp } from "./mailbox/index.ts";
import { initAll, isSeeded, resetTo } from "./seeds.ts";
import { startStripeTimers, stripeRoutes } from "./stripe/index.ts";
import { startXeroTimers, xeroRoutes } from "./xero/index.ts";

export type Options = {
  dataDir: string;
  port?: number;
  host?: string;
  /** No mail server when absent. */
  smtpPort?: number;
  /** How the outside reaches this program; by default the address it listens on. */
  baseUrl?: string;
};

export type Simulator = { url: string; smtpPort?: number; world: World; close(): Promise<void> };

/** For answers under way when it is told to end. */
const graceMs = 500;

export async function startSimulator({
  dataDir,
  port = 0,
  host = "127.0.0.1",
  smtpPort,
  baseUrl,
}: Options): Promise<Simulator> {
  const { server, open } = createHttpServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const url =
    baseUrl ?? `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${(server.address() as AddressInfo).port}`;

  mkdirSync(dataDir, { recursive: true });
  const world = createWorld({ dataFile: join(dataDir, "simulator.sqlite"), baseUrl: url });
  initAll(world);
  if (!isSeeded(world)) await resetTo(world, { seed: "demo" });
  open({
    world,
    routes: [...controlRoutes, ...identityRoutes, ...xeroRoutes, ...stripeRoutes, ...mailboxRoutes],
  });
  const stops = [startXeroTimers(world), startStripeTimers(world)];
  const smtp = smtpPort === undefined ? undefined : await startSmtp(world, smtpPort);

  return {
    url: world.baseUrl,
    world,
    ...(smtp && { smtpPort: smtp.port }),
    async close() {
      for (const stop of stops) stop();
      await smtp?.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), graceMs).unref();
      });
      await settled(world);
      world.db.close();
    },
  };
}
