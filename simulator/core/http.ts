/** The raw HTTP server: faults first, then the route. No framework, because Xero's SDK sends GETs with a body. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Plan, planFor, rateLimitHeaders } from "./faults.ts";
import { oddAnswer, oddRow } from "./odd-answers.ts";
import { json, text } from "./reply.ts";
import { BadJson, readBody, toRequest } from "./request.ts";
import { createRouter, type Router } from "./router.ts";
import type { Req, Res, Route, World } from "./types.ts";
import { withLater } from "./world.ts";

/** Set on by the caller once the address is known: a server may listen on port 0. */
export type Site = { world: World; routes: Route[] };

export function createHttpServer(): { server: Server; open(site: Site): void } {
  let site: { world: World; router: Router } | undefined;
  const server = createServer((incoming, outgoing) => {
    if (!site) {
      outgoing.writeHead(503).end();
      return;
    }
    serve(site.world, site.router, incoming, outgoing).catch((error: unknown) => {
      if (!incoming.errored) console.error(error);
      outgoing.destroy();
    });
  });
  server.keepAliveTimeout = 30_000;
  return {
    server,
    open({ world, routes }) {
      site = { world, router: createRouter(routes) };
    },
  };
}

async function serve(world: World, router: Router, incoming: IncomingMessage, outgoing: ServerResponse) {
  const url = URL.parse(incoming.url ?? "/", world.baseUrl);
  if (!url) return send(outgoing, text("Bad request", 400));
  const raw = await readBody(incoming);
  if (!raw) return send(outgoing, tooLarge());
  const req = toRequest(incoming, url, raw);
  const isControl = /^\/control(\/|$)/i.test(url.pathname);
  const plan = isControl ? undefined : planFor(world, req.method, url.pathname);
  if (plan?.asOf !== undefined) req.asOf = plan.asOf;
  if (plan?.delayMs) req.pause = pauseOnce(plan.delayMs);
  await conclude(world, router, req, outgoing, plan);
}

/** As Xero's gateway has it (XeroAPI/Xero-Java 349); no other part of the world is sent so much. */
function tooLarge(): Res {
  const body = { Title: "RequestEntityTooLarge", Status: 413, Detail: "PayloadTooLarge", Extensions: {} };
  return json({ ...body, Instance: randomUUID() }, 413);
}

/** Of these the request does its work, and pauses where it would. */
const AFTER = new Set(["cut-after", "hang-after", "odd-answer", "odd-row"]);

async function conclude(world: World, router: Router, req: Req, outgoing: ServerResponse, plan?: Plan) {
  const ending = plan?.ending;
  if (ending && !AFTER.has(ending.kind)) await req.pause();
  const run = () => withLater(world, () => answer(world, router, req));
  switch (ending?.kind) {
    case "status":
      return send(outgoing, { status: ending.status, ...faultParts(ending) });
    case "rate-limit":
      return send(outgoing, {
        status: 429,
        headers: rateLimitHeaders(ending.problem, ending.retryAfterSeconds ?? 26),
      });
    case "cut-before":
      outgoing.destroy();
      return;
    case "commit-late":
      outgoing.destroy();
      await sleep(ending.ms, undefined, { ref: false });
      return (await run())[1]();
    case "cut-after":
    case "hang-after": {
      const [, afterwards] = await run();
      afterwards();
      if (ending.kind === "hang-after") await sleep(ending.ms, undefined, { ref: false });
      outgoing.destroy();
      return;
    }
    default: {
      const [res, afterwards] = await run();
      if (outgoing.closed) return afterwards();
      outgoing.once("close", afterwards);
      send(outgoing, spoilt(res, ending), req.method === "HEAD");
    }
  }
}

function spoilt(res: Res, ending: Plan["ending"]): Res {
  if (ending?.kind === "odd-answer") return oddAnswer(res, ending.odd);
  if (ending?.kind === "odd-row") return oddRow(res, ending);
  return res;
}

/** A latency fault delays a request once, whoever asks first. */
function pauseOnce(ms: number): () => Promise<void> {
  let pause: Promise<void> | undefined;
  return () => {
    pause ??= sleep(ms);
    return pause;
  };
}

function faultParts({
  body,
  headers,
}: {
  body?: string;
  headers?: Record<string, string>;
}): Omit<Res, "status"> {
  return {
    headers: headers ?? (body === undefined ? {} : { "content-type": "text/plain; charset=utf-8" }),
    body: body ?? "",
  };
}

async function answer(world: World, router: Router, req: Req): Promise<Res> {
  const match = router(req.method, req.path);
  if (match === undefined) return text("Not found", 404);
  if (match === "wrong-method") return text("Method not allowed", 405);
  try {
    if (!match.route.pauses) await req.pause();
    return await match.route.handler({ ...req, params: match.params }, world);
  } catch (error) {
    if (error instanceof BadJson) return json({ error: error.message }, 400);
    console.error(error);
    world.journal.write("simulator.failed", { method: req.method, path: req.path, error: String(error) });
    return text("The simulator itself failed; see its journal", 500);
  }
}

/** No content type unless the handler set one: some of Xero's answers have none. */
function send(outgoing: ServerResponse, { status, headers = {}, body = "" }: Res, headOnly = false): void {
  const length = status === 204 ? {} : { "content-length": Buffer.byteLength(body) };
  outgoing.writeHead(status, { ...headers, ...length });
  outgoing.end(headOnly ? undefined : body);
}
