/** One part of the simulator on a real port, for that part's tests; all of it together is startSimulator. */
import { mkdtempSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHttpServer } from "../core/http.ts";
import type { Route, World } from "../core/types.ts";
import { createWorld, settled } from "../core/world.ts";

export type Site = { url: string; world: World; close(): Promise<void> };

export async function startTestSite(routes: Route[], init: (world: World) => void): Promise<Site> {
  const { server, open } = createHttpServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dataFile = join(mkdtempSync(join(tmpdir(), "simulator-")), "simulator.sqlite");
  const world = createWorld({ dataFile, baseUrl: url });
  init(world);
  open({ world, routes });
  return {
    url,
    world,
    async close() {
      server.close();
      server.closeAllConnections();
      await settled(world);
      world.db.close();
    },
  };
}
