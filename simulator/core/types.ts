/** What every part of the simulator shares. Times are milliseconds since 1970 by the simulator's own clock. */
import type { IncomingHttpHeaders } from "node:http";
import type { DatabaseSync } from "node:sqlite";

export type Clock = {
  now(): number;
  date(): Date;
  /** Moves the clock forward (or back) by this many seconds; the offset is stored and survives a restart. */
  advance(seconds: number): void;
};

export type JournalEntry = { seq: number; at: string; kind: string; data: Record<string, unknown> };

export type Journal = {
  /** Appends one fact, e.g. ("xero.payment.created", { tenantId, paymentId, amount }). */
  write(kind: string, data: Record<string, unknown>): void;
  read(filter: { kind?: string; afterSeq?: number; limit?: number }): JournalEntry[];
};

/** A fault waits for matching requests; `times` counts down, absent means until removed. */
export type Fault = {
  id: string;
  /** Which requests: method ("*" for any) and a path prefix or glob ("/api.xro/2.0/Payments", "/connect/token", "/v1/*"). */
  method: string;
  path: string;
  times?: number;
  /** 0 to 1; absent means always. */
  probability?: number;
  effect:
    | { kind: "latency"; ms: number }
    | { kind: "status"; status: number; body?: string; headers?: Record<string, string> }
    | {
        kind: "rate-limit";
        problem: "minute" | "day" | "appminute" | "concurrent";
        retryAfterSeconds?: number;
      }
    /** It has happened, and the 200 does not say so (odd-answers.ts). */
    | { kind: "odd-answer"; odd: "empty-list" | "no-list" | "html" | "cut-json" | "nothing" }
    /** The row of this id comes with these fields instead of its own; null takes one away. */
    | { kind: "odd-row"; id: string; set: Record<string, unknown> }
    /** The connection is cut and nothing has happened. */
    | { kind: "cut-before" }
    /** It has happened, and nobody heard. */
    | { kind: "cut-after" }
    /** Answered never (the socket hangs for ms), but it has happened. */
    | { kind: "hang-after"; ms: number }
    /** The caller gets a cut connection now; it happens ms later by the real clock. */
    | { kind: "commit-late"; ms: number }
    /** Reads answer with the state of this many seconds ago. */
    | { kind: "stale-read"; seconds: number };
};

export type Req = {
  method: string;
  url: URL;
  path: string;
  /** From ":name" parts of the route's pattern, decoded once. */
  params: Record<string, string>;
  headers: IncomingHttpHeaders;
  raw: Buffer;
  cookies: Record<string, string>;
  form(): URLSearchParams;
  json(): unknown;
  /** Set when a stale-read fault is on: reads look at the state as it was then. */
  asOf?: number;
  /** Waits as long as a latency fault asks. The server calls it, unless the route's `pauses` is set. */
  pause(): Promise<void>;
};

export type Res = { status: number; headers?: Record<string, string | string[]>; body?: string | Buffer };

export type Handler = (req: Req, world: World) => Res | Promise<Res>;

/** Pattern: "/api.xro/2.0/Invoices/:id/OnlineInvoice"; matching ignores letter case (Xero's does). */
export type Route = {
  method: string;
  pattern: string;
  handler: Handler;
  /** The handler awaits `req.pause()` itself: Xero's gateway counts the wait as one call in flight. */
  pauses?: true;
};

export type World = {
  db: DatabaseSync;
  clock: Clock;
  journal: Journal;
  /** This program's own base address, no trailing slash: "http://127.0.0.1:4010". Also the OAuth issuer. */
  baseUrl: string;
  /** Runs work after the current answer has been sent (webhook deliveries); errors are journalled. */
  later(name: string, work: () => Promise<void>): void;
};
