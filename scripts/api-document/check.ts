/** Has Redocly read the API's OpenAPI document, and sees that the example's types are those of it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { documentText, TYPES, typesText } from "./api-types.ts";

const faults = [...unreadable(), ...(await staleTypes())];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function unreadable(): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-api-"));
  const file = path.join(folder, "openapi.json");
  try {
    writeFileSync(file, documentText());
    const cli = "node_modules/@redocly/cli/bin/cli.js";
    const read = spawnSync(
      process.execPath,
      [cli, "lint", "--config=redocly.yaml", "--format=stylish", file],
      {
        // Neither what is used nor whether there is a newer one is asked of anybody.
        env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
        encoding: "utf8",
      },
    );
    return read.status === 0 ? [] : [`${read.stdout}\n${read.stderr}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function staleTypes(): Promise<string[]> {
  return readFileSync(TYPES, "utf8") === (await typesText())
    ? []
    : [`${TYPES} is not as the document has it: run "npm run api-types"`];
}
