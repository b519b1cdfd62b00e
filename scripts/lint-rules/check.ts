/** Proves that the house rules bite: each planted violation must be reported, and nothing that is allowed. */
import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ALLOWED, PLANTED } from "./planted.ts";
import { NO_TABLES, ROOMS } from "./rooms.ts";
import { importRules, TARGET } from "./write.ts";

const PLUGIN = "scripts/lint-rules/currency-format.grit";

type Report = { diagnostics: { category: string; message: string; location: { path: string } }[] };

const faults = [...unknownFolders(), ...staleRules(), ...unreported(), ...addressesAsPaths()];
for (const fault of faults) console.error(fault);
if (faults.length === 0)
  console.log(`${PLANTED.length} planted violations reported, ${ALLOWED.length} allowed files left alone`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** A new room or table that rooms.ts does not know would be under no rule at all. */
function unknownFolders(): string[] {
  const rooms = globSync("lib/*").map((folder) => path.basename(folder));
  const tables = globSync("db/schema/*.ts").map((file) => path.basename(file, ".ts"));
  const knownRooms = ROOMS.map(({ room }) => room);
  const knownTables = [...ROOMS.flatMap((room) => room.tables), ...NO_TABLES];
  return [
    ...rooms
      .filter((room) => room !== "testing" && !knownRooms.includes(room))
      .map((room) => `lib/${room} has no floor in scripts/lint-rules/rooms.ts`),
    ...tables
      .filter((table) => !knownTables.includes(table))
      .map((table) => `db/schema/${table}.ts has no room in scripts/lint-rules/rooms.ts`),
  ];
}

function staleRules(): string[] {
  return readFileSync(TARGET, "utf8") === importRules()
    ? []
    : [`${TARGET} is old: run "node scripts/lint-rules/write.ts"`];
}

/** The path part of a file's address has %20 where the folder's name has a blank. */
function addressesAsPaths(): string[] {
  const files = globSync("**/*.{ts,tsx,mjs}", {
    exclude: (name) => /^(node_modules|\.next|\.data)$/.test(name),
  });
  return files
    .filter((file) => /(?<!fileURLToPath\()import\.meta\.url/.test(readFileSync(file, "utf8")))
    .map(
      (file) => `${file}: a module's address is no path; take import.meta.dirname or import.meta.filename`,
    );
}

function unreported(): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), "counterfoil-planted-"));
  try {
    for (const file of ["biome.json", TARGET, PLUGIN, "tsconfig.json", "package.json"]) {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      cpSync(file, path.join(folder, file));
    }
    for (const { path: at, code } of [...PLANTED, ...ALLOWED]) {
      mkdirSync(path.join(folder, path.dirname(at)), { recursive: true });
      writeFileSync(path.join(folder, at), code);
    }
    const biome = path.resolve("node_modules/.bin/biome");
    const ran = spawnSync(
      biome,
      ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."],
      { cwd: folder, encoding: "utf8" },
    );
    const { diagnostics } = JSON.parse(ran.stdout) as Report;
    const found = (at: string, rule: string, says = "") =>
      diagnostics.some(
        ({ category, message, location }) =>
          location.path === at && category === rule && message.includes(says),
      );
    return [
      ...PLANTED.filter(({ path: at, rule, says }) => !found(at, rule, says)).map(
        ({ path: at, rule, says }) =>
          `${at} broke ${rule}${says ? ` ("${says}…")` : ""} and Biome did not say so`,
      ),
      ...ALLOWED.filter(
        ({ path: at }) => found(at, "lint/style/noRestrictedImports") || found(at, "plugin"),
      ).map(({ path: at }) => `${at} is allowed, yet Biome refused it`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
