import "server-only";
import http from "node:http";
import https from "node:https";
import { AccountingApi } from "xero-node/dist/gen/api/accountingApi.js";
import { type Allowance, allowanceIn } from "../budget/budget-rules.ts";
import { Answer } from "../rows/answer.ts";
import type { ListName } from "../rows/answer-lists.ts";
import { endpoints } from "./endpoints.ts";
import { answerOfSdk, faultOf } from "./faults.ts";

/** xero-node waits for ever on its own. */
const TIMEOUT_MS = 15_000;

/** Larger than any page of 1000 rows; an answer beyond it is cut off. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** What a request came to, whether or not it was good. */
export type Heard = {
  /** False when no byte of it can have reached Xero. */
  sent: boolean;
  answered: boolean;
  allowance: Allowance;
  /** Bytes of the answer that Xero bills: of GETs, Organisation left out (xero-platform 1.9); headers included. */
  egressBytes: number;
};

export type SdkCall = (api: AccountingApi) => Promise<{ response: { headers: unknown } }>;

/** What is called, which list must be in its answer, and the scope that Xero will ask for. */
export type Question<L extends ListName> = { scope: string; list: L; run: SdkCall };

/**
 * One HTTP request through xero-node, with a hard deadline and no redirects. `observe` hears what it came to, also when
 * it is an error. Throws XeroFault, or AccessTokenRefused for call.ts to cure.
 */
export async function callSdk<L extends ListName>(
  { accessToken, observe }: { accessToken: string; observe: (heard: Heard) => void },
  { scope, list, run }: Question<L>,
): Promise<Answer<L>> {
  const line = newLine();
  const api = new AccountingApi(endpoints().accounting);
  api.accessToken = accessToken;
  api.setDefaultAuthentication(line);
  const tell = (answered: boolean, headers: Record<string, unknown>) =>
    observe({
      sent: line.sent(),
      answered,
      allowance: allowanceIn(headers),
      egressBytes: line.egressBytes(),
    });
  try {
    const { response } = await run(api);
    tell(true, response.headers as Record<string, unknown>);
  } catch (rejection) {
    // Before the rejection is looked into, which may throw.
    tell(false, {});
    const answer = answerOfSdk(rejection);
    tell(answer.status !== 0, answer.headers);
    throw faultOf(answer, { sent: line.sent(), scope });
  }
  return new Answer(list, line.said());
}

type AxiosOptions = Record<string, unknown> & { url?: string; method?: string };

/**
 * The SDK hands each request's options to its "default authentication" before it sends them: the one place to give
 * it a deadline. The transport is Node's own, watched, so that we know whether a lost call can have reached Xero. What Xero
 * says with a 2xx is kept from the SDK, which would make something of anything (see answer.ts).
 */
function newLine() {
  let sent = false;
  let said = "";
  let egress = () => 0;
  return {
    sent: () => sent,
    said: () => said,
    egressBytes: () => egress(),
    applyToRequest(options: AxiosOptions): void {
      const secure = options.url?.startsWith("https:") ?? true;
      const billed = options.method?.toUpperCase() === "GET" && !/\/Organisation$/i.test(options.url ?? "");
      Object.assign(options, {
        timeout: TIMEOUT_MS,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        maxRedirects: 0,
        maxContentLength: MAX_ANSWER_BYTES,
        proxy: false,
        // Axios writes a space as "+", which Xero's filters don't take for one (xero-documents 1).
        paramsSerializer: { encode: encodeURIComponent },
        transformResponse(text: string, _headers: unknown, status: number) {
          if (status >= 300) return jsonIn(text);
          said = text;
          return {};
        },
        transport: {
          request(...args: Parameters<typeof https.request>) {
            const request = (secure ? https : http).request(...args);
            request.once("socket", (socket) => {
              const before = socket.bytesRead;
              if (billed) egress = () => socket.bytesRead - before;
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

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Makes one HTTP request under the rules of call.ts; `scope` is what Xero will ask for, `list` what it must answer with. */
export type Send = <L extends ListName>(
  scope: string,
  list: L,
  run: Question<L>["run"],
) => Promise<Answer<L>>;
