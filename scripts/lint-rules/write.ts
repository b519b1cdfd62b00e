/**
 * Writes imports.json, the part of biome.json that says who may import whom: "node scripts/lint-rules/write.ts". It is
 * made from rooms.ts because Biome's overrides replace one another, so that each folder's list must be whole.
 */
import { writeFileSync } from "node:fs";
import { KEPT_PACKAGES, ROOMS, SAME_FLOOR } from "./rooms.ts";

export const TARGET = "scripts/lint-rules/imports.json";

type Ban = { group: string[]; message: string; importNamePattern?: string };

const inside = (names: string[]) => names.map((name) => `**/${name}/**`);
const floors = ROOMS.map(({ room }) => room);

const SIMULATOR: Ban = {
  group: ["**/simulator/**"],
  message: "The simulator is the outside world: reach it over HTTP, as one reaches Xero.",
};
const TEST_FILES = ["**/testing/**", "**/*.test.ts", "**/*.test.tsx", "**/*.child.ts"];
const TESTS: Ban = {
  group: TEST_FILES,
  message: "This is for tests: only tests and scripts may import it.",
};
const DOORS: Ban = {
  group: ["**/app/**", "#app/**", "**/components/**", "#components/**"],
  message: "A room knows no page: pages call rooms, never the other way round.",
};
const NEXT: Ban = {
  group: ["next", "next/**", "next-auth", "next-auth/**", "react", "react-dom/**"],
  message:
    "Below the door nothing knows the request: read cookies and headers in app/ and pass on what is needed.",
};
const DATABASE: Ban = {
  group: ["**/db/**", "#db/**", "drizzle-orm", "drizzle-orm/**", "pg"],
  message: "No SQL here: ask the read or the verb of the room that owns the table.",
};
/** Within its room a store is imported by a relative path; "#lib/…" leads to another room's. */
const STORES: Ban = {
  group: ["store.ts", "*-store.ts"].flatMap((file) => [
    `#lib/*/${file}`,
    `#lib/*/*/${file}`,
    `**/lib/*/${file}`,
    `**/lib/*/*/${file}`,
  ]),
  message: "A store is its room's own: ask a read or a verb of that room.",
};
/** So that one sees where a room is left: a sub-room is one step further down. */
const LEAVES_THE_ROOM = {
  room: { group: ["../**", "!**/package.json"], message: "Another room is imported as #lib/room/file.ts." },
  subRoom: { group: ["../../**"], message: "Another room is imported as #lib/room/file.ts." },
} satisfies Record<string, Ban>;
const PAGES: Ban = {
  group: ["**/app/**", "#app/**"],
  message: "A part of pages knows no page: take what you need as props.",
};
const ROOMS_BUT_CORE: Ban = {
  group: inside(floors.filter((room) => room !== "core")),
  message: "Only lib/core may be used here, and what a page shows comes in as props.",
};

/** Packages that this folder is not the home of. */
function keptPackages(folder: string): Ban[] {
  return KEPT_PACKAGES.filter(({ home }) => folder !== home).map(({ packages, why }) => ({
    group: packages.flatMap((name) => [name, `${name}/**`]),
    message: why,
  }));
}

function roomsAbove(room: string): string[] {
  const above = floors.slice(0, floors.indexOf(room));
  const beside = floors.filter((other) => other !== room && SAME_FLOOR.has(other) && SAME_FLOOR.has(room));
  return [...new Set([...above, ...beside])];
}

type Depth = keyof typeof LEAVES_THE_ROOM;

function bansOfRoom(
  { room, tables }: (typeof ROOMS)[number],
  { depth, folder = `lib/${room}` }: { depth: Depth; folder?: string },
): Ban[] {
  const above = roomsAbove(room);
  return [
    ...(above.length > 0
      ? [
          {
            group: inside(above),
            message: `lib/${room} may use only rooms below it. Pass the fact in, or put a job in the queue.`,
          },
        ]
      : []),
    {
      group: ["**/schema/*.ts", ...tables.map((file) => `!**/schema/${file}.ts`)],
      message: `These tables belong to another room than lib/${room}: ask that room's read or verb.`,
    },
    STORES,
    LEAVES_THE_ROOM[depth],
    ...keptPackages(folder),
    DOORS,
    NEXT,
    TESTS,
    SIMULATOR,
  ];
}

/** A rule may name any type its room may see, but use no value that could read a clock, a socket or a table. */
const PURE: Ban = {
  group: [
    "**",
    "!**/*rules.ts",
    "!**/*-words.ts",
    "!**/common-passwords.ts",
    "!**/core/money/*.ts",
    "!**/core/errors.ts",
    "!**/core/clock.ts",
    "!zod",
    "!node:crypto",
  ],
  importNamePattern: "[a-z*].*|[A-Z0-9_]+",
  message:
    "A rule is pure: it gets facts as arguments. Import types, other rules and money; nothing with a clock, a socket or a query.",
};

function override(includes: string[], bans: Ban[]) {
  return {
    includes,
    linter: { rules: { style: { noRestrictedImports: { level: "error", options: { patterns: bans } } } } },
  };
}

/** The whole of imports.json. Later overrides win, so the list goes from wide to narrow. */
export function importRules(): string {
  const overrides = [
    override(["*.ts", "*.mjs"], [...keptPackages(""), DATABASE, STORES, DOORS, TESTS, SIMULATOR]),
    override(
      ["proxy.ts", "next.config.ts"],
      [ROOMS_BUT_CORE, ...keptPackages(""), DATABASE, DOORS, TESTS, SIMULATOR],
    ),
    override(["instrumentation.ts"], [ROOMS_BUT_CORE, ...keptPackages(""), DATABASE, TESTS, SIMULATOR]),
    override(["app/**"], [...keptPackages("app"), DATABASE, STORES, TESTS, SIMULATOR]),
    override(
      ["components/**"],
      [ROOMS_BUT_CORE, ...keptPackages("components"), DATABASE, PAGES, TESTS, SIMULATOR],
    ),
    override(
      ["db/**"],
      [
        {
          group: ["**/lib/**", "#lib/**"],
          message: "Tables and migrations come before all rooms: what they need is passed in.",
        },
        ...keptPackages("db"),
        DOORS,
        TESTS,
        SIMULATOR,
      ],
    ),
    ...ROOMS.flatMap((room) => [
      override([`lib/${room.room}/*`], bansOfRoom(room, { depth: "room" })),
      override([`lib/${room.room}/*rules.ts`], [...bansOfRoom(room, { depth: "room" }), PURE]),
      override([`lib/${room.room}/*/**`], bansOfRoom(room, { depth: "subRoom" })),
      override([`lib/${room.room}/*/**/*rules.ts`], [...bansOfRoom(room, { depth: "subRoom" }), PURE]),
    ]),
    ...ROOMS.flatMap((room) =>
      KEPT_PACKAGES.filter(({ home }) => home.startsWith(`lib/${room.room}/`)).map(({ home }) =>
        override([`${home}/**`], bansOfRoom(room, { depth: "subRoom", folder: home })),
      ),
    ),
    override([...TEST_FILES, "scripts/**", "e2e/**", "bench/**", "chaos/**"], [SIMULATOR]),
    override(
      ["simulator/**"],
      [
        {
          group: ["app", "components", "lib", "db", "scripts"].flatMap((folder) => [
            `**/${folder}/**`,
            `#${folder}/**`,
          ]),
          message: "The simulator is a program of its own and imports nothing of the product.",
        },
      ],
    ),
  ];
  return `{ "overrides": [\n${overrides.map((one) => JSON.stringify(one)).join(",\n")}\n] }\n`;
}

if (import.meta.main) writeFileSync(TARGET, importRules());
