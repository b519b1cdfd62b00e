import pino from "pino";
import { expect, test, vi } from "vitest";
import { log } from "./log.ts";

test("T3: a failed statement is logged without its values", () => {
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

test("X5: what somebody else wrote stays inside its field, on one line, and moves no terminal", () => {
  const written: string[] = [];
  const stream = log[pino.symbols.streamSym as never] as { write(line: string): void };
  const write = vi.spyOn(stream, "write").mockImplementation((line) => {
    written.push(line);
  });
  const nasty = 'x\n{"level":60,"msg":"forged"}\r\u001b[2J\u009b31m\u0007\u0000\u007f\u2028';
  log.warn({ reason: nasty, err: new Error(nasty) }, nasty);
  write.mockRestore();
  const [line = "", ...more] = written;
  expect(more).toEqual([]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
  expect(JSON.parse(line)).toMatchObject({ level: 40, reason: nasty, msg: nasty });
});
