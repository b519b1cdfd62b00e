import { AsyncLocalStorage } from "node:async_hooks";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createJournal } from "./journal.ts";
import { getSetting, setSetting } from "./settings.ts";
import type { Clock, World } from "./types.ts";

const tables = `
create table if not exists core_settings (key text primary key, value text not null) strict;
create table if not exists core_journal (
  seq integer primary key autoincrement, at text not null, kind text not null, data text not null) strict;
create table if not exists core_faults (
  seq integer primary key autoincrement, id text not null unique, fault text not null) strict;
create index if not exists core_journal_kind on core_journal (kind, seq);
`;

type Task = () => Promise<void>;
type Background = {
  /** Holds back what `later` is given until the answer is sent. */
  duringRequest: AsyncLocalStorage<Task[]>;
  running: Set<Promise<void>>;
};

const backgrounds = new WeakMap<World, Background>();

/** Opens (or creates) the one file that holds all state. A killed process loses nothing it answered for. */
export function createWorld({ dataFile, baseUrl }: { dataFile: string; baseUrl: string }): World {
  const db = new DatabaseSync(dataFile);
  db.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on");
  db.exec("pragma cache_size = -65536");
  db.exec(tables);
  const clock = createClock(db);
  const journal = createJournal(db, clock);
  const background: Background = { duringRequest: new AsyncLocalStorage(), running: new Set() };
  const world: World = {
    db,
    clock,
    journal,
    baseUrl: baseUrl.replace(/\/$/, ""),
    later(name, work) {
      const guarded = () =>
        work().catch((error: unknown) =>
          journal.write("simulator.later-failed", { name, error: String(error) }),
        );
      const waiting = background.duringRequest.getStore();
      if (waiting) waiting.push(guarded);
      else start(background, () => nextTurn().then(guarded));
    },
  };
  backgrounds.set(world, background);
  return world;
}

/** Runs a request; what it asked `later` for starts when the returned function is called. */
export async function withLater<T>(world: World, work: () => Promise<T>): Promise<[T, () => void]> {
  const background = backgroundOf(world);
  const waiting: Task[] = [];
  const result = await background.duringRequest.run(waiting, work);
  return [
    result,
    () => {
      background.duringRequest.exit(() => {
        for (const task of waiting.splice(0)) start(background, task);
      });
    },
  ];
}

/** Resolves when no background work is left. */
export async function settled(world: World): Promise<void> {
  const { running } = backgroundOf(world);
  while (running.size > 0) await Promise.all(running);
}

function start(background: Background, task: Task): void {
  const promise = task().finally(() => background.running.delete(promise));
  background.running.add(promise);
}

function backgroundOf(world: World): Background {
  const background = backgrounds.get(world);
  if (!background) throw new Error("Not a world made by createWorld");
  return background;
}

function createClock(db: DatabaseSync): Clock {
  let offsetMs = getSetting({ db }, "clock.offsetMs", 0);
  const now = () => Date.now() + offsetMs;
  return {
    now,
    date: () => new Date(now()),
    advance(seconds) {
      offsetMs += Math.round(seconds * 1000);
      setSetting({ db }, "clock.offsetMs", offsetMs);
    },
  };
}
