/** How long each test file takes, and with what: written by the runners' reporters, told at the end of "npm test". */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** In milliseconds: before and after the tests; inside them while they wait for a state; the rest of them. */
export type FileTime = { file: string; setUpMs: number; waitMs: number; workMs: number };

const SHOWN = 15;

/** Beside what the other runner has written, if anything, into "times-<name>.json" of this folder. */
export function writeTimes(folder: string, name: "unit" | "flows", times: FileTime[]): void {
  const sorted = times.toSorted((a, b) => totalOf(b) - totalOf(a));
  writeFileSync(path.join(folder, `times-${name}.json`), `${JSON.stringify(sorted, null, 1)}\n`);
}

/** The slowest files of what was written, as lines of a table. */
export function slowest(folder: string, names: string[]): string[] {
  const times = names
    .flatMap((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as FileTime[])
    .toSorted((a, b) => totalOf(b) - totalOf(a));
  const sum = (pick: (time: FileTime) => number) => times.reduce((all, time) => all + pick(time), 0);
  return [
    line("seconds", "set-up", "waits", "work", "file"),
    ...times.slice(0, SHOWN).map((time) => row(time, time.file)),
    row(
      {
        setUpMs: sum(({ setUpMs }) => setUpMs),
        waitMs: sum(({ waitMs }) => waitMs),
        workMs: sum(({ workMs }) => workMs),
      },
      `all ${times.length} files`,
    ),
  ];
}

type Parts = Omit<FileTime, "file">;

function totalOf({ setUpMs, waitMs, workMs }: Parts): number {
  return setUpMs + waitMs + workMs;
}

function row(parts: Parts, file: string): string {
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  const { setUpMs, waitMs, workMs } = parts;
  return line(seconds(totalOf(parts)), seconds(setUpMs), seconds(waitMs), seconds(workMs), file);
}

function line(total: string, setUp: string, wait: string, work: string, file: string): string {
  return `${[total, setUp, wait, work].map((cell) => cell.padStart(8)).join("")}  ${file}`;
}
