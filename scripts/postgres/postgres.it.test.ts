import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { throwAway } from "../stack/leftovers.ts";
import { startPostgres } from "./postgres.ts";
import { dataOf } from "./postgres-place.ts";

let above: string;
let folder: string;

// A private folder, as root's home is one, and names that a shell or an address would read in another way.
beforeEach(() => {
  above = mkdtempSync(path.join(tmpdir(), "counterfoil-place-"));
  folder = path.join(above, "Ada's pay desk & co #1 100%25");
  mkdirSync(folder);
});

afterEach(() => throwAway(folder).then(() => throwAway(above)));

test("PostgreSQL runs for a private folder with blanks, keeps its data, and is gone with the folder", async () => {
  expect(statSync(above).mode & 0o077).toBe(0);
  const first = await startPostgres(folder, { fast: true });
  await query(first.adminUrl, "create table kept as select 480 as cents");
  await first.stop();

  const second = await startPostgres(folder, { fast: true });
  expect(await query(second.adminUrl, "select cents from kept")).toEqual([{ cents: 480 }]);
  await second.stop();

  const data = dataOf(folder);
  expect(statSync(data).mode & 0o077).toBe(0);
  await throwAway(folder);
  expect(existsSync(data)).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

test("a first start that was cut short is begun again", async () => {
  mkdirSync(path.join(dataOf(folder), "..", "pgdata-half"), { recursive: true });
  writeFileSync(path.join(dataOf(folder), "..", "pgdata-half", "PG_VERSION"), "18\n");
  const server = await startPostgres(folder, { fast: true });
  expect(await query(server.adminUrl, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
});

test("what a killed run left running is ended, and its data is here", async () => {
  const starter = spawn(process.execPath, ["--input-type=module", "-e", START, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = (await once(starter.stdout, "data")) as [Buffer];
  const lost = chunk.toString().trim();
  await query(lost, "create table kept as select 480 as cents");
  starter.kill("SIGKILL");
  await once(starter, "exit");
  expect(await query(lost, "select cents from kept")).toEqual([{ cents: 480 }]);

  const server = await startPostgres(folder, { fast: true });
  expect(await query(server.adminUrl, "select cents from kept")).toEqual([{ cents: 480 }]);
  await expect(query(lost, "select 1")).rejects.toThrow();
  await server.stop();
});

const START = `
  import { startPostgres } from "${path.resolve("scripts/postgres/postgres.ts")}";
  console.log((await startPostgres(process.argv[1])).adminUrl);
`;

async function query(url: string, text: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<object>(text)).rows;
  } finally {
    await client.end();
  }
}
