import { expect, test } from "vitest";
import { log } from "./log.ts";

test("a failed statement is logged without its values", () => {
  const serialize = log[Symbol.for("pino.serializers") as never] as {
    err(error: Error): { message: string; stack: string };
  };
  const facts = serialize.err(
    new Error("Failed query: insert into users values ($1)\nparams: CANARY,\nsecond line"),
  );
  expect(facts.message).toBe("Failed query: insert into users values ($1)");
  expect(facts.stack).not.toContain("CANARY");
  expect(facts.stack).toContain("log.test.ts");
});
