import "server-only";
import http from "node:http";
import https from "node:https";
import { AccountingApi } from "xero-node/dist/gen/api/accountingApi.js";
import { type Allowance, allowanceIn } from "./budget.ts";
import { endpoints } from "./endpoints.ts";
import { answerOfSdk, faultOf } from "./faults.ts";

/** xero-node waits for ever on its own. */
const TIMEOUT_MS = 15_000;

/** Larger than any page of 1000 rows; an answer beyond it is cut off. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export type SdkCall<T> = (api: AccountingApi) => Promise<{ response: { headers: unknown }; body: T }>;

/**
 * One HTTP request through xero-node, with a hard deadline and no redirects. `observe` hears what the answer's headers
 * say of the allowance, also when it is an error. Throws XeroFault, or AccessTokenRefused for call.ts to cure.
 */
export async function callSdk<T>(
  {
    accessToken,
    scope,
    observe,
  }: { accessToken: string; scope: string; observe: (allowance: Allowance) => void },
  run: SdkCall<T>,
): Promise<T> {
  const line = newLine();
  const api = new AccountingApi(endpoints().accounting);
  api.accessToken = accessToken;
  api.setDefaultAuthentication(line);
  try {
    const { response, body } = await run(api);
    observe(allowanceIn(response.headers as Record<string, unknown>));
    return body;
  } catch (rejection) {
    const answer = answerOfSdk(rejection);
    observe(allowanceIn(answer.headers));
    throw faultOf(answer, { sent: line.sent(), scope });
  }
}

type AxiosOptions = Record<string, unknown> & { url?: string };

/**
 * The SDK hands each request's options to its "default authentication" before it sends them: the one place to give
 * it a deadline. The transport is Node's own, watched, so that we know whether a lost call can have reached Xero.
 */
function newLine() {
  let sent = false;
  return {
    sent: () => sent,
    applyToRequest(options: AxiosOptions): void {
      const secure = options.url?.startsWith("https:") ?? true;
      Object.assign(options, {
        timeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        maxRedirects: 0,
        maxContentLength: MAX_ANSWER_BYTES,
        proxy: false,
        transport: {
          request(...args: Parameters<typeof https.request>) {
            const request = (secure ? https : http).request(...args);
            request.once("socket", (socket) => {
              if (!socket.connecting) sent = true;
              else
                socket.once(secure ? "secureConnect" : "connect", () => {
                  sent = true;
                });
            });
            return request;
          },
        },
      });
    },
  };
}
