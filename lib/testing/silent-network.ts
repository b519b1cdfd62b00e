/** Test only: a network to PostgreSQL that can go silent: nothing is refused or closed, and nothing arrives. */

import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export type Network = {
  /** The same database, by way of this network. */
  url: string;
  /** From now on nothing passes, on the connections there are and on new ones. */
  silence(): void;
  /** New connections pass again; those that went silent stay so. */
  heal(): void;
  close(): Promise<void>;
};

export async function openNetwork(databaseUrl: string): Promise<Network> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let silent = false;
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const pass = { isOpen: !silent };
    passes.add(pass);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => pass.isOpen && to.write(chunk));
      from.on("error", () => {});
      from.on("close", () => pass.isOpen && to.destroy());
    }
  });
  const passes = new Set<{ isOpen: boolean }>();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const here = new URL(databaseUrl);
  here.port = String((server.address() as { port: number }).port);
  return {
    url: here.href,
    silence() {
      silent = true;
      for (const pass of passes) pass.isOpen = false;
    },
    heal() {
      silent = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
