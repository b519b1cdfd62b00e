/**
 * Test only, loaded with --import before the product: counts each effect of this process on the world (a statement to
 * PostgreSQL, an HTTP request) before it begins and after it has ended, and at the chosen one pulls the plug, or holds
 * the whole process still. The product's code is untouched, and knows nothing of it.
 */
import fs from "node:fs";
import http from "node:http";
import { syncBuiltinESMExports } from "node:module";
import pg from "pg";

export type CrashPlan = { at: number; how: "kill" | "hold" };

const state = { counting: false, plan: { at: 0, how: "kill" } as CrashPlan, points: [] as string[] };
const global = globalThis as { crashPoints?: typeof state };
global.crashPoints = state;

function reach(point: string): void {
  if (!state.counting) return;
  state.points.push(point);
  if (state.points.length !== state.plan.at) return;
  if (state.plan.how === "kill") process.kill(process.pid, "SIGKILL");
  fs.writeSync(1, `${JSON.stringify({ held: point })}\n`);
  fs.readSync(0, Buffer.alloc(1));
}

type Query = (...args: unknown[]) => unknown;
const prototype = pg.Client.prototype as unknown as { query: Query };
const { query } = prototype;
prototype.query = function (this: unknown, ...args) {
  const name = nameOf(args[0]);
  reach(`before ${name}`);
  const done = args.at(-1);
  if (typeof done === "function") {
    return query.apply(this, [
      ...args.slice(0, -1),
      (...answer: unknown[]) => {
        reach(`after ${name}`);
        done(...answer);
      },
    ]);
  }
  const answer = query.apply(this, args);
  if (!(answer instanceof Promise)) return answer;
  return answer.finally(() => reach(`after ${name}`));
};

function nameOf(statement: unknown): string {
  const text = typeof statement === "string" ? statement : ((statement as { text?: string }).text ?? "");
  const [verb = ""] = text.trim().toLowerCase().split(/\s/, 1);
  const table = /(?:update|into|from)\s+"?(\w+)"?/i.exec(text)?.[1];
  return table ? `${verb} ${table}` : verb;
}

const { request } = http;
http.request = ((...args: Parameters<typeof request>) => {
  const asked = args.find((arg) => typeof arg === "object" && !(arg instanceof URL)) as
    | http.RequestOptions
    | undefined;
  const name = `${asked?.method ?? "GET"} ${String(asked?.path).split("?")[0]}`;
  reach(`before ${name}`);
  const sent = request(...args);
  // In front of the product's own listeners: at "after" it has not heard yet.
  for (const event of ["response", "error"]) sent.prependOnceListener(event, () => reach(`after ${name}`));
  return sent;
}) as typeof request;
syncBuiltinESMExports();

const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
  const name = `fetch ${new URL(input instanceof Request ? input.url : input).pathname}`;
  reach(`before ${name}`);
  return fetch(input, init).finally(() => reach(`after ${name}`));
};
