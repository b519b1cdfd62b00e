import { randomUUID } from "node:crypto";
import { json } from "../core/reply.ts";
import type { Res } from "../core/types.ts";

/** The API gateway's own refusal, before any business logic (xero-platform.md 2.2, dialect 2). */
export function gatewayProblem(status: 401 | 403, detail: string, headers: Record<string, string> = {}): Res {
  const title = status === 401 ? "Unauthorized" : "Forbidden";
  const problem = {
    Type: null,
    Title: title,
    Status: status,
    Detail: detail,
    Instance: randomUUID(),
    Extensions: {},
  };
  return json(problem, status, headers);
}
