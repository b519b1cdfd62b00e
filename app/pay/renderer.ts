import { createHmac } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { env } from "#lib/core/env.ts";
import { log } from "#lib/core/log.ts";
import { differenceOf } from "./compare-renderings.ts";
import { payPageAt } from "./pay-pages.ts";
import { ADDRESS, CHECK, RENDERER } from "./request-marks.ts";

type Renderer = "own" | "next";
type Asked = Pick<IncomingMessage, "method" | "url" | "headers">;

/** The specimen has everything that the payer's pages are made of, and reads nothing. */
const SPECIMEN = "/pay/specimen";
const PATIENCE_MS = 30_000;
const COMPARISONS = 4;
const REST_MS = 20_000;

/**
 * From now on each plain question for a payer's page says who draws it; what anyone else says of that is taken off. It is Next
 * until the two have been compared, and should Node ever stop to tell of its requests here, it stays Next.
 */
export function startRenderer(): void {
  let chosen: Renderer = "next";
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    mark(request, chosen);
  });
  void chooseRenderer().then((renderer) => {
    chosen = renderer;
    log.info({ renderer }, "pay.renderer");
  });
}

/** Says of one request who draws it. */
export function mark(request: Asked, chosen: Renderer): void {
  const { method = "", url = "", headers } = request;
  const password = headers[CHECK];
  delete headers[RENDERER];
  delete headers[CHECK];
  if (!url.startsWith("/pay/") || !["GET", "HEAD"].includes(method) || headers.rsc !== undefined) return;
  const [path = ""] = url.split(/[?#]/, 1);
  if (!payPageAt(path) || /[?&]_rsc\b/.test(url)) return;
  const checked = password && (["own", "next"] as const).find((one) => password === passwordOf(one));
  if (checked) headers[CHECK] = "1";
  if ((checked || chosen) === "next") return;
  headers[RENDERER] = "own";
  headers[ADDRESS] = path + new URL(url, "http://localhost").search;
  delete headers["x-nonce"];
}

/**
 * Asks for the specimen as Next draws it and as we do. "own" when they say the same; "next" when they differ or can't be had, which
 * the log tells, or when the settings want it so. Asked more than once: while processes of a build are replaced by those of another
 * on the same port, either may answer.
 */
async function chooseRenderer(): Promise<Renderer> {
  if (env().PAY_RENDERER === "next") return "next";
  for (let left = COMPARISONS; left > 0; left -= 1) {
    try {
      const difference = differenceOf(await specimen("own"), await specimen("next"));
      if (difference === null) return "own";
      log.warn({ difference }, "pay.renderings-differ");
    } catch (error) {
      log.warn({ err: error }, "pay.renderings-not-compared");
    }
    if (left > 1) await sleep(REST_MS, undefined, { ref: false });
  }
  return "next";
}

async function specimen(renderer: Renderer): Promise<string> {
  const { PORT, HOSTNAME } = env();
  const host = ["0.0.0.0", "::", "[::]"].includes(HOSTNAME) ? "127.0.0.1" : HOSTNAME;
  const answer = await fetch(`http://${host.includes(":") ? `[${host}]` : host}:${PORT}${SPECIMEN}`, {
    headers: { [CHECK]: passwordOf(renderer) },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`The specimen was answered with ${answer.status}`);
  return answer.text();
}

/** Known to the processes of this desk alone, so that a twin may answer. */
function passwordOf(renderer: Renderer): string {
  return createHmac("sha256", env().SESSION_SECRET).update(`pay page by ${renderer}`).digest("base64url");
}
