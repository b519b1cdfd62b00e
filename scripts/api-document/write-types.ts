/** Writes the types that the TypeScript example is made with: run it after a change of the API. */
import { writeFileSync } from "node:fs";
import { TYPES, typesText } from "./api-types.ts";

writeFileSync(TYPES, await typesText());
