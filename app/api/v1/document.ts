import { z } from "zod";
import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Operation } from "#app/door/api/operation.ts";
import { problem } from "#app/door/api/problem-schema.ts";
import { PROBLEMS, type ProblemCode } from "#app/door/api/problems.ts";
import { MOST_WAIT } from "#app/door/api/serve.ts";
import { OPERATIONS } from "./operations.ts";
import { HEADERS, headersOfAnswer, headersOfProblem } from "./response-headers.ts";

/** The OpenAPI 3.1 document of all operations, made of the schemas that the handlers use. `origin`: of the desk that it is for. */
export function apiDocument(origin: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const one of OPERATIONS) {
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: described(one) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Counterfoil API",
      version: "1",
      summary: "For systems that send their documents to Xero through this desk.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: `${origin}/api/v1`, description: "This desk" }],
    security: [{ key: [] }],
    paths,
    components: {
      headers: HEADERS,
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: "An API key, cfk_…, which the firm's owner makes under Settings → API keys.",
        },
      },
    },
  });
}

/** What any call may be answered with, or its address where it is asked by another method. */
const COMMON: ProblemCode[] = [
  ...(["key-missing", "key-unknown", "key-revoked", "organisation-disconnected", "scope-missing"] as const),
  ...(["method-not-allowed", "too-many-requests", "unexpected"] as const),
];

/** What an address is answered with that no call is for. */
const NO_CALL: ProblemCode[] = ["no-such-call"];

/** The problems that no operation is named for must not be forgotten in the reference. */
export function problemsOf(operation: Operation): ProblemCode[] {
  return [...operation.problems, ...COMMON];
}

export function everyProblem(): ProblemCode[] {
  const named = new Set([...NO_CALL, ...OPERATIONS.flatMap(problemsOf)]);
  return (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => named.has(code));
}

const idempotencyKey = z
  .string()
  .max(200)
  .optional()
  .meta({
    param: { name: "Idempotency-Key", in: "header" },
    description:
      "For thirty days the same request with it is answered alike, with Idempotency-Replayed: true.",
  });

const prefer = z
  .string()
  .optional()
  .meta({
    param: { name: "Prefer", in: "header" },
    description: `wait=10: answer when the documents are in Xero, at the latest after so many seconds, at most ${MOST_WAIT}.`,
  });

function described(operation: Operation) {
  const { id, summary, description, scope, params, query, body, file, answers, mayWait } = operation;
  const byStatus = Map.groupBy(problemsOf(operation), (code) => PROBLEMS[code].status);
  const refusals = [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: codes.map((code) => `${code}: ${PROBLEMS[code].title}.`).join(" "),
      content: { "application/problem+json": { schema: problem } },
      headers: headersOfProblem(operation, codes),
    },
  ]);
  const good = Object.entries(answers).map(([status, answer]) => [
    status,
    {
      description: answer.description,
      headers: headersOfAnswer(operation, answer),
      content: { "application/json": { schema: answer.schema } },
    },
  ]);
  const header = [...(body || file ? [idempotencyKey] : []), ...(mayWait ? [prefer] : [])];
  return {
    operationId: id,
    summary,
    description: `${description}\n\nScope: \`${scope}\`.`,
    parameters: header,
    requestParams: { ...(params && { path: params }), ...(query && { query }) },
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: body.schema } } },
    }),
    ...(file && {
      requestBody: {
        required: true,
        content: { [file.mediaType]: { schema: { type: "string" as const, format: "binary" } } },
      },
    }),
    responses: Object.fromEntries([...good, ...refusals]),
  };
}
