import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { XeroFault } from "../api/xero-fault.ts";

/** Xero's identity server answered, and said no: `code` is its own word ("invalid_grant"), or why we distrust the answer. */
export class IdentityRefusal extends Error {
  override readonly name = "IdentityRefusal";
  readonly code: string;
  constructor(code: string) {
    super(`Xero's identity server: ${code}`);
    this.code = code;
  }
}

/** openid-client's checks of an answer, and what each comes to. */
const DISTRUST: Record<string, string> = {
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: "clock",
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: "untrusted",
  OAUTH_KEY_SELECTION_FAILED: "untrusted",
  OAUTH_INVALID_RESPONSE: "untrusted",
};

/** Network words of a request that never left. */
const UNSENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/**
 * Makes openid-client's errors ours. Theirs hold requests and answers, with the client secret and tokens in them: only
 * the short code survives, and no cause.
 */
export function identityFault(error: unknown): IdentityRefusal | XeroFault {
  if (error instanceof ResponseBodyError) {
    if (error.status >= 500) return new XeroFault({ kind: "no_answer" });
    return new IdentityRefusal(error.error);
  }
  if (error instanceof AuthorizationResponseError) return new IdentityRefusal(error.error);
  const codes = codesOf(error);
  const distrust = codes.map((code) => DISTRUST[code]).find((code) => code !== undefined);
  if (distrust) return new IdentityRefusal(distrust);
  if (codes.some((code) => UNSENT.has(code))) return new XeroFault({ kind: "offline" });
  const name =
    error instanceof ClientError
      ? error.code
      : (codes[0] ?? (error instanceof Error ? error.name : "unknown"));
  return new XeroFault({ kind: "no_answer" }, new Error(String(name)));
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string") codes.push(at.code);
    if (at instanceof AggregateError) for (const inner of at.errors) codes.push(...codesOf(inner));
  }
  return codes;
}
