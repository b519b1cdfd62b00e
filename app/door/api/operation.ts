import type { z } from "zod";
import type { KeyCaller } from "#lib/api-keys/authenticate.ts";
import type { Scope } from "#lib/api-keys/key.ts";
import type { ProblemCode } from "./problems.ts";

type Texts = z.ZodObject;
type Read<T extends Texts | undefined> = T extends Texts ? z.output<T> : Record<string, never>;

/** What a call asks, read by its operation's schemas; what is sent is whatever JSON came, or a file's bytes. */
export type Asked<Path extends Texts | undefined, Query extends Texts | undefined> = {
  path: Read<Path>;
  query: Read<Query>;
  sent: unknown;
  /** Seconds that the caller would rather wait for the outcome (RFC 7240); 0 when it would not. */
  wait: number;
};

export type ApiAnswer = { status: number; body: unknown; headers?: Record<string, string> };

/** One call of the API: its handler, its line in the OpenAPI document and its entry in the reference are made of this. */
export type Operation<
  Path extends Texts | undefined = Texts | undefined,
  Query extends Texts | undefined = Texts | undefined,
> = {
  method: "GET" | "POST";
  /** Below /api/v1, with parameters in braces: "/orders/{id}". */
  path: string;
  /** Unique among all; what a generated client calls it. */
  id: string;
  summary: string;
  description: string;
  scope: Scope;
  /** Parameters, each a text. One that is not there is told as a problem. */
  params?: Path;
  query?: Query;
  /** What may be sent: the operation itself looks at it, to tell all faults at once. */
  body?: { schema: z.ZodType; mostBytes: number };
  /** A file of this kind is sent, as it is; `sent` holds its bytes. */
  file?: { mediaType: string; mostBytes: number };
  /** True where the answer may be waited for by Prefer. */
  mayWait?: true;
  /** By status. `hasLocation`: it may say where to ask for what it made. */
  answers: Record<number, { description: string; schema: z.ZodType; hasLocation?: true }>;
  /** What it may be answered with beside what every call may. */
  problems: ProblemCode[];
  run(caller: KeyCaller, asked: Asked<Path, Query>): Promise<ApiAnswer>;
};

/** Keeps the types of what is asked beside `run`. */
export function operation<
  Path extends Texts | undefined = undefined,
  Query extends Texts | undefined = undefined,
>(made: Operation<Path, Query>): Operation {
  return made as unknown as Operation;
}
