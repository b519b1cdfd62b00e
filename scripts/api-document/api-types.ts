import { registerHooks } from "node:module";
import type { OpenAPI3 } from "openapi-typescript";
import { apiDocument } from "#app/api/v1/document.ts";

export const TYPES = "examples/typescript/api.ts";

/** A desk that nobody has: the document names the address of the one that it comes from. */
const ORIGIN = "https://desk.example";

const LIBRARY = "@ts-morph/common/dist/typescript.js";

/** The API's OpenAPI document, as JSON. */
export function documentText(): string {
  return JSON.stringify(apiDocument(ORIGIN), null, 2);
}

/** The file TYPES as the document has it now. */
export async function typesText(): Promise<string> {
  // openapi-typescript needs the library that TypeScript had before its version 7; ts-morph carries one, without a second tsc.
  const hooks = registerHooks({
    resolve: (name, context, next) => next(name === "typescript" ? LIBRARY : name, context),
  });
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  hooks.deregister();
  const types = astToString(await openapiTS(JSON.parse(documentText()) as OpenAPI3, { silent: true }));
  return `// Made by openapi-typescript of the API's OpenAPI document: "npm run api-types" writes it anew.\n${types}`;
}
