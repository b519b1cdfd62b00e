/** The reverse proxy in front of several web processes: a plain one, as an operator would have. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

type Headers = NodeJS.Dict<string | string[]>;
type Asked = { method: string; path: string; headers: Headers; body: Buffer };
type Outcome =
  | { kind: "answered"; status: number; rawHeaders: string[]; body: Buffer }
  /** No connection came about: surely not begun. */
  | { kind: "refused" }
  /** It ended before its answer was whole: nobody knows what came of it. */
  | { kind: "cut" };

export type Front = {
  url: string;
  /** How often another process was asked, and what was cut and could not be asked again. */
  told(): string;
  /** Resolves once this port has nothing under way that is done once only; it gets no more of that until `welcome`. */
  settle(port: number): Promise<void>;
  welcome(port: number): void;
  close(): Promise<void>;
};

const OF_ONE_CONNECTION = /^(connection|keep-alive|transfer-encoding|content-length|expect)$/i;

/**
 * Passes each request to the next of these ports in turn; they may be filled in later. An answer goes out once it is
 * whole, so a GET that was cut is asked again elsewhere; what may be done only once, if its connection was refused. With
 * nobody left: 502.
 */
export async function openFront(ports: number[]): Promise<Front> {
  let askedAgain = 0;
  const cut: string[] = [];
  const settling = new Set<number>();
  const underWay = new Set<{ port: number; answer: Promise<Outcome> }>();
  let turn = 0;

  const askOnce = async (port: number, asked: Asked): Promise<Outcome> => {
    const mine = { port, answer: ask(port, asked) };
    underWay.add(mine);
    const outcome = await mine.answer;
    underWay.delete(mine);
    return outcome;
  };
  const pass = async (asked: Asked): Promise<Outcome> => {
    const once = isOnce(asked);
    const open = once ? ports.filter((port) => !settling.has(port)) : [...ports];
    const first = turn;
    turn += 1;
    let outcome: Outcome = { kind: "refused" };
    for (let tries = 0; tries < open.length; tries += 1) {
      const port = open[(first + tries) % open.length] ?? 0;
      outcome = await (once ? askOnce(port, asked) : ask(port, asked));
      if (outcome.kind === "answered") return outcome;
      if (outcome.kind === "cut" && once) break;
      askedAgain += 1;
    }
    if (once) cut.push(`${asked.method} ${asked.path.replace(/\?.*/, "")}`);
    return outcome;
  };
  const server = createServer((came, answer) => {
    read(came)
      .then(pass)
      .then(
        (outcome) => send(outcome, came, answer),
        () => answer.destroy(),
      );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    told: () =>
      `${askedAgain} requests were asked again elsewhere; cut: ${cut.length === 0 ? "none" : cut.join(", ")}`,
    async settle(port) {
      settling.add(port);
      await Promise.all([...underWay].filter((one) => one.port === port).map(({ answer }) => answer));
    },
    welcome: (port) => void settling.delete(port),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Not to be done twice: a form, or Xero's answer with its code, which is good for one use. */
function isOnce({ method, path }: Asked): boolean {
  return !/^(GET|HEAD)$/.test(method) || path.startsWith("/api/xero/callback");
}

/** The whole request, with its caller's address added to the right end of X-Forwarded-For. */
async function read(came: IncomingMessage): Promise<Asked> {
  const body = await buffer(came);
  const { method = "GET", url = "/" } = came;
  const kept = Object.entries(came.headers).filter(([name]) => !OF_ONE_CONNECTION.test(name));
  const chain = [came.headers["x-forwarded-for"], came.socket.remoteAddress].filter(Boolean).join(", ");
  const headers: Headers = { ...Object.fromEntries(kept), "x-forwarded-for": chain };
  if (body.length > 0 || method === "POST") headers["content-length"] = String(body.length);
  return { method, path: url, headers, body };
}

function ask(port: number, { method, path, headers, body }: Asked): Promise<Outcome> {
  return new Promise((done) => {
    const asking = request(
      { host: "127.0.0.1", port, method, path, headers, agent: false },
      async (answer) => {
        const { statusCode: status = 502, rawHeaders } = answer;
        await buffer(answer).then(
          (body) => done({ kind: "answered", status, rawHeaders, body }),
          () => done({ kind: "cut" }),
        );
      },
    );
    asking.once("error", (error: NodeJS.ErrnoException) =>
      done({ kind: error.code === "ECONNREFUSED" ? "refused" : "cut" }),
    );
    asking.end(body);
  });
}

function send(outcome: Outcome, { method }: IncomingMessage, answer: ServerResponse): void {
  if (outcome.kind !== "answered") {
    answer.writeHead(502, { "content-type": "text/plain" }).end("No web process answered.");
    return;
  }
  const { status, rawHeaders, body } = outcome;
  const headers: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = "", value = ""] = rawHeaders.slice(at, at + 2);
    if (!OF_ONE_CONNECTION.test(name)) headers.push(name, value);
  }
  if (method !== "HEAD" && status !== 204 && status !== 304)
    headers.push("content-length", String(body.length));
  answer.writeHead(status, headers).end(body);
}
