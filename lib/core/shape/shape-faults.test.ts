import { expect, test } from "vitest";
import { z } from "zod";
import { pointerOf, readable, shapeFaults } from "./shape-faults.ts";

const schema = z.strictObject({
  name: z.string().min(1).max(5),
  kind: z.enum(["a", "b"]).default("a"),
  lines: z.array(z.strictObject({ price: z.string(), many: z.int().optional() })).min(1),
});

test("all faults are told at once, each where it is", () => {
  const sent = { name: "too long", kind: "c", lines: [{ price: 1, odd: 1 }, { many: 0.5 }] };
  expect(shapeFaults(schema, sent)).toEqual([
    { code: "field-invalid", pointer: "#/name", detail: "This is longer than 5 characters." },
    { code: "field-invalid", pointer: "#/kind", detail: "This must be one of “a”, “b”." },
    { code: "field-invalid", pointer: "#/lines/0/price", detail: "This must be a text." },
    { code: "field-unknown", pointer: "#/lines/0/odd", detail: "There is no field “odd” here." },
    { code: "field-missing", pointer: "#/lines/1", detail: "“price” is missing." },
    { code: "field-invalid", pointer: "#/lines/1/many", detail: "This must be a whole number." },
  ]);
});

test("what is no object at all is told of the whole", () => {
  for (const sent of [null, 7, "x", []])
    expect(shapeFaults(schema, sent)).toEqual([
      { code: "field-invalid", pointer: "#", detail: "This must be an object." },
    ]);
  expect(shapeFaults(schema, { name: "x", lines: [] })).toEqual([
    { code: "field-invalid", pointer: "#/lines", detail: "There must be at least 1." },
  ]);
});

test("a field is told once, as missing whatever it must be, and never where no pointer can lead", () => {
  const twice = z.strictObject({
    name: z.string().min(1).regex(/^x/),
    kind: z.enum(["a"]),
    yes: z.literal(true),
  });
  expect(shapeFaults(twice, JSON.parse('{"name":"","\\ud800":1}'))).toEqual([
    { code: "field-invalid", pointer: "#/name", detail: "This is empty." },
    { code: "field-missing", pointer: "#", detail: "“kind” is missing." },
    { code: "field-missing", pointer: "#", detail: "“yes” is missing." },
    { code: "field-unknown", pointer: "#", detail: "There is no field “\ufffd” here." },
  ]);
});

test("what is right can be read while the rest is wrong, with its defaults", () => {
  const sent = { name: 1, lines: [{ price: "1", odd: 1 }, "none", { many: 2 }], more: true };
  expect(readable(schema, sent)).toEqual({
    name: undefined,
    kind: "a",
    lines: [{ price: "1", many: undefined }, undefined, { price: undefined, many: 2 }],
  });
  expect(readable(schema, null)).toBeUndefined();
});

test("a field that is named like a part of every object is a field like any other", () => {
  expect(shapeFaults(schema, JSON.parse('{"name":"x","lines":[{"price":"1"}],"__proto__":{}}'))).toEqual([
    expect.objectContaining({ code: "field-unknown", pointer: "#/__proto__" }),
  ]);
  expect(readable(z.strictObject({ toString: z.string().optional() }), {})).toEqual({ toString: undefined });
});

test("a pointer leads through names that hold its own signs", () => {
  expect(pointerOf(["a/b", "c~d", 0, "e#%"])).toBe("#/a~1b/c~0d/0/e%23%25");
});
