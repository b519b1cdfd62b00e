import { z } from "zod";
import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Operation } from "#app/door/api/operation.ts";
import { PROBLEMS, type ProblemCode } from "#app/door/api/problems.ts";
import { env } from "#lib/core/env.ts";
import { OPERATIONS } from "./operations.ts";

const problem = z
  .object({
    type: z.url().meta({ description: "A page that says what it means and what to do." }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: "Stable; more may be added.", example: "key-unknown" }),
    detail: z.string().meta({ description: "What it is about this time, for a person." }),
    instance: z
      .string()
      .meta({ description: "The request, as the desk's log names it.", example: "req_2345ABCDEF" }),
    retry: z.enum(["after-fix", "same-request"]),
  })
  .meta({ id: "Problem", description: "RFC 9457." });

/** The OpenAPI 3.1 document of all operations, made of the schemas that the handlers use. */
export function apiDocument() {
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
    servers: [{ url: `${env().PUBLIC_ORIGIN}/api/v1`, description: "This desk" }],
    security: [{ key: [] }],
    paths,
    components: {
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

function described({ id, summary, description, scope, answer }: Operation) {
  const byStatus = Map.groupBy(Object.keys(PROBLEMS) as ProblemCode[], (code) => PROBLEMS[code].status);
  const refusals = [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: codes.map((code) => `${code}: ${PROBLEMS[code].title}.`).join(" "),
      content: { "application/problem+json": { schema: problem } },
    },
  ]);
  return {
    operationId: id,
    summary,
    description: `${description}\n\nScope: \`${scope}\`.`,
    responses: {
      "200": { description: "As asked.", content: { "application/json": { schema: answer } } },
      ...Object.fromEntries(refusals),
    },
  };
}
