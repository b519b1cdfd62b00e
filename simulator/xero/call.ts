/** What an endpoint of the accounting API gets, once the gateway has let the call through. */
import { randomUUID } from "node:crypto";
import type { Req, Res } from "../core/types.ts";
import { appName } from "../identity/index.ts";
import type { Organisation } from "./model.ts";
import type { Scope } from "./store/rows.ts";
import { bareInstant, type Wire } from "./wire.ts";

export type Call = Scope & {
  clientId: string;
  organisation: Organisation;
  req: Req;
  params: Record<string, string>;
};

export type Endpoint = {
  method: "GET" | "PUT" | "POST" | "DELETE";
  /** Below /api.xro/2.0. */
  pattern: string;
  /** Any of them will do, or its ".read" twin for a GET (xero-platform.md 1.8). */
  scopes: string[];
  /** Its answers are files: whatever the caller accepts. */
  anyAccept?: true;
  handler(call: Call): Res;
};

/** A query parameter by its name in any letter case; undefined when absent or empty. */
export function param({ req }: Call, name: string): string | undefined {
  for (const [key, value] of req.url.searchParams) {
    if (key.toLowerCase() === name.toLowerCase() && value !== "") return value;
  }
  return undefined;
}

export const isTrue = (call: Call, name: string) => param(call, name)?.toLowerCase() === "true";

/** A comma list: Xero splits before it decodes, so a number with a comma can't be asked for here. */
export function listParam(call: Call, name: string): string[] | undefined {
  const value = param(call, name);
  return value?.split(",").map((part) => part.trim());
}

/** Id, Status, ProviderName, DateTimeUTC, then the list (xero-platform.md 3.1). */
export function envelope(call: Call, content: Wire): Res {
  const { world, clientId } = call;
  const body = {
    Id: randomUUID(),
    Status: "OK",
    ProviderName: appName(world, clientId),
    DateTimeUTC: bareInstant(world.clock.now()),
    ...content,
  };
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  };
}
