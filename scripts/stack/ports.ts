import { createServer } from "node:net";

/**
 * Below the range from which Linux takes ports for outgoing connections (32768 and up, ip(7),
 * ip_local_port_range): a port from there can be gone between being found free and being listened on.
 * Each process has a block of its own, so that two which look at once do not find the same.
 */
const FIRST = 16_000;
const BLOCKS = 160;
const BLOCK = 100;
const block = FIRST + (process.pid % BLOCKS) * BLOCK;
let given = 0;

/** A port that is free now on localhost; `wanted` if it is. Throws when none of this process's ports is free. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) return wanted;
  for (let tried = 0; tried < BLOCK; tried += 1) {
    const port = block + (given++ % BLOCK);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${block} to ${block + BLOCK - 1} is free`);
}

/** On both addresses that "localhost" may mean: a browser would come out at another program that has only one of them. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, "127.0.0.1")) && (await canListen(port, "::1"));
}

/** An address that this machine doesn't have is nobody's. */
function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code !== "EADDRINUSE"));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
