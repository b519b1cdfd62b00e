import type { IncomingMessage } from "node:http";
import { decodeText } from "./router.ts";
import type { Req } from "./types.ts";

const limitBytes = 10 * 1024 * 1024;

/** The body, or undefined when it is larger than Xero's 10 MB (xero-platform.md 3.5). GETs may carry one. */
export async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Thrown by json() on a body that is none; the server answers 400. */
export class BadJson extends Error {}

export function toRequest(incoming: IncomingMessage, url: URL, raw: Buffer): Req {
  return {
    method: incoming.method ?? "GET",
    url,
    path: url.pathname,
    params: {},
    headers: incoming.headers,
    raw,
    pause: async () => {},
    cookies: parseCookies(incoming.headers.cookie),
    form: () => new URLSearchParams(raw.toString("utf8")),
    json() {
      try {
        return JSON.parse(raw.toString("utf8"));
      } catch {
        throw new BadJson("The body is not JSON");
      }
    },
  };
}

function parseCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of header?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0) cookies[pair.slice(0, at).trim()] = decodeText(pair.slice(at + 1).trim());
  }
  return cookies;
}
