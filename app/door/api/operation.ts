import type { z } from "zod";
import type { KeyCaller } from "#lib/api-keys/authenticate.ts";
import type { Scope } from "#lib/api-keys/key.ts";

/** One call of the API: its handler, its line in the OpenAPI document and its entry in the reference are made of this. */
export type Operation<Answer extends z.ZodType = z.ZodType> = {
  method: "GET";
  /** Below /api/v1, with parameters in braces: "/chart". */
  path: string;
  /** Unique among all; what a generated client calls it. */
  id: string;
  summary: string;
  description: string;
  scope: Scope;
  answer: Answer;
  run(caller: KeyCaller): Promise<z.input<Answer>>;
};

/** Keeps the type of the answer beside `run`. */
export function operation<Answer extends z.ZodType>(made: Operation<Answer>): Operation<Answer> {
  return made;
}
