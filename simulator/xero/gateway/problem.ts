import { randomUUID } from "node:crypto";
import { json } from "../../core/reply.ts";
import type { Res } from "../../core/types.ts";

/** The gateway's own refusal, before any business logic (xero-platform.md 2.2, dialect 2). */
export function problem(status: 401 | 403, detail: string, headers: Record<string, string> = {}): Res {
  const title = status === 401 ? "Unauthorized" : "Forbidden";
  const body = {
    Type: null,
    Title: title,
    Status: status,
    Detail: detail,
    Instance: randomUUID(),
    Extensions: {},
  };
  return json(body, status, headers);
}

/** Xero would answer XML here. No client of ours wants that, so the simulator says so loudly. */
export const notJson = (): Res => ({
  status: 406,
  headers: { "content-type": "text/xml; charset=utf-8" },
  body: "<ApiException><Message>Xero answers XML unless Accept is application/json; this simulator refuses</Message></ApiException>",
});

export const offline = (): Res => ({
  status: 503,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: "The Organisation is offline",
});
