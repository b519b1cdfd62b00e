/** A connected app with a real token, for tests: the whole consent has been walked. */
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { people } from "../identity/test-browser.ts";
import { clientId, connectAs, discover } from "../identity/test-desk.ts";
import { type Simulator, startSimulator } from "../start.ts";
import { listOrganisations } from "./organisations.ts";

export { clientId };

export const everyScope =
  "openid profile email offline_access accounting.settings accounting.invoices accounting.payments accounting.banktransactions accounting.contacts";

type Answer = { status: number; headers: Record<string, string>; text: string; body: Body };
/** Answers are looked into, not trusted: a missing part fails the expectation. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes, read by tests only
type Body = any;

export type Desk = {
  simulator: Simulator;
  url: string;
  token: string;
  au: string;
  uk: string;
  /** As the SDK sends it: GETs with a body too. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** GET for one argument, POST for two. */
  control(path: string, body?: unknown): Promise<Body>;
  close(): Promise<void>;
};

type CallOptions = {
  body?: unknown;
  headers?: Record<string, string>;
  tenantId?: string | null;
  token?: string;
};

export async function openDesk(scope = everyScope): Promise<Desk> {
  const dataDir = mkdtempSync(join(tmpdir(), "simulator-"));
  const simulator = await startSimulator({ dataDir });
  const desk = await connectDesk(simulator, scope);
  const close = async () => {
    await simulator.close();
    rmSync(dataDir, { recursive: true });
  };
  return { ...desk, close };
}

export async function connectDesk(simulator: Simulator, scope = everyScope): Promise<Desk> {
  const { url } = simulator;
  const organisations = listOrganisations(simulator.world);
  const named = (country: string) =>
    organisations.find(({ countryCode }) => countryCode === country)?.tenantId ?? "";
  const ids = organisations.map(({ tenantId }) => tenantId);
  const { tokens } = await connectAs(await discover(url), people.ada, ids, { scope });
  const token = tokens.access_token;
  const au = named("AU");
  return {
    simulator,
    url,
    token,
    au,
    uk: named("GB"),
    call(method, path, { body, headers, tenantId = au, token: other = token } = {}) {
      return send(`${url}/api.xro/2.0${path}`, method, body, {
        authorization: `Bearer ${other}`,
        accept: "application/json",
        "content-type": "application/json",
        ...(tenantId && { "xero-tenant-id": tenantId }),
        ...headers,
      });
    },
    async control(path, body) {
      const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      const response = await fetch(`${url}/control${path}`, init);
      return response.json();
    },
    close: () => simulator.close(),
  };
}

/** Raw, because fetch won't send a GET with a body. Rejects when the connection is cut. */
function send(
  url: string,
  method: string,
  body: unknown = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const raw = typeof body === "string" ? body : JSON.stringify(body);
    const length = { "content-length": String(Buffer.byteLength(raw)) };
    const sent = request(url, { method, agent: false, headers: { ...headers, ...length } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = incoming.headers["content-type"]?.startsWith("application/json");
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers as Record<string, string>,
          text,
          body: isJson ? jsonIn(text) : null,
        });
      });
    });
    sent.on("error", reject);
    sent.end(raw);
  });
}

/** Null for what a fault has cut. */
function jsonIn(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
