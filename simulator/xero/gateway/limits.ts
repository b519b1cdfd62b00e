/** Xero's call limits (xero-platform.md 2.1), in fixed windows that begin at a moment of the tenant's own. */
import { createHash } from "node:crypto";
import { rateLimitHeaders } from "../../core/faults.ts";
import { getSetting, setSetting } from "../../core/settings.ts";
import { statement } from "../../core/sql.ts";
import type { Res, World } from "../../core/types.ts";

export type Limits = { concurrent: number; minute: number; day: number; appMinute: number };

const real: Limits = { concurrent: 5, minute: 60, day: 5000, appMinute: 10_000 };

export const getLimits = (world: World): Limits => ({ ...real, ...getSetting(world, "xero.limits", {}) });

export function setLimits(world: World, change: Partial<Limits>): Limits {
  const limits = { ...getLimits(world), ...change };
  setSetting(world, "xero.limits", limits);
  return limits;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const inFlight = new Map<string, number>();

type Window = { name: "day" | "minute" | "appminute"; owner: string; lengthMs: number; limit: number };
type Used = Window & { used: number; endsAt: number };

export type Admission =
  | { admitted: true; headers: Record<string, string>; leave(): void }
  | { admitted: false; res: Res };

/** Counts the call, or says which limit it broke. A refused call is not counted. */
export function admit(world: World, clientId: string, tenantId: string): Admission {
  const limits = getLimits(world);
  const key = `${world.baseUrl} ${clientId} ${tenantId}`;
  const windows: Window[] = [
    { name: "day", owner: tenantId, lengthMs: dayMs, limit: limits.day },
    { name: "minute", owner: tenantId, lengthMs: minuteMs, limit: limits.minute },
    { name: "appminute", owner: "", lengthMs: minuteMs, limit: limits.appMinute },
  ];
  const usage = windows.map((window) => read(world, clientId, window));
  const running = inFlight.get(key) ?? 0;
  if (running >= limits.concurrent) return refuse(world, usage, "concurrent");
  const broken = usage.find(({ used, limit }) => used >= limit);
  if (broken) return refuse(world, usage, broken.name, broken.endsAt);

  for (const window of usage) count(world, clientId, window);
  inFlight.set(key, running + 1);
  return {
    admitted: true,
    headers: remaining(usage, 1),
    leave: () => inFlight.set(key, (inFlight.get(key) ?? 1) - 1),
  };
}

function refuse(world: World, usage: Used[], problem: string, endsAt = 0): Admission {
  const seconds = Math.max(1, Math.ceil((endsAt - world.clock.now()) / 1000));
  return {
    admitted: false,
    res: { status: 429, headers: { ...remaining(usage, 0), ...rateLimitHeaders(problem, seconds) } },
  };
}

function remaining(usage: Used[], taken: number): Record<string, string> {
  const left = (name: Window["name"]) => {
    const window = usage.find((one) => one.name === name);
    return String(Math.max(0, (window?.limit ?? 0) - (window?.used ?? 0) - taken));
  };
  return {
    "X-DayLimit-Remaining": left("day"),
    "X-MinLimit-Remaining": left("minute"),
    "X-AppMinLimit-Remaining": left("appminute"),
  };
}

function read(world: World, clientId: string, window: Window): Used {
  const startedAt = startOf(window, world.clock.now());
  const row = statement(
    world.db,
    "select used from xero_usage where client_id = ? and owner = ? and name = ? and started_at = ?",
  ).get(clientId, window.owner, window.name, startedAt);
  return { ...window, used: Number(row?.used ?? 0), endsAt: startedAt + window.lengthMs };
}

function count(world: World, clientId: string, { owner, name, used, endsAt, lengthMs }: Used): void {
  statement(world.db, "insert or replace into xero_usage values (?, ?, ?, ?, ?)").run(
    clientId,
    owner,
    name,
    endsAt - lengthMs,
    used + 1,
  );
}

function startOf({ owner, lengthMs }: Window, now: number): number {
  const offset = createHash("sha256").update(owner).digest().readUInt32BE(0) % lengthMs;
  return Math.floor((now - offset) / lengthMs) * lengthMs + offset;
}
