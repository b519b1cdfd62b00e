import { z } from "zod";

/** What is wrong with the shape of something that was sent, where a JSON Pointer (RFC 6901, as a URI fragment) leads to. */
export type ShapeFault = {
  code: "field-missing" | "field-unknown" | "field-invalid";
  /** Of what is wrong; of a field that is missing, the object that lacks it. */
  pointer: string;
  detail: string;
};

/**
 * All faults of a value by a schema's shape, each where it is, one of each field. What compares fields is not looked at while any of
 * them is wrong.
 */
export function shapeFaults(schema: z.ZodType, value: unknown): ShapeFault[] {
  const { error } = schema.safeParse(value);
  const faults = (error?.issues ?? []).flatMap((issue): ShapeFault[] => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        code: "field-unknown",
        // A name with half a character can't be written in a pointer: that leads to the object which has it.
        pointer: pointerOf(key.isWellFormed() ? [...path, key] : path),
        detail: `There is no field “${key.toWellFormed()}” here.`,
      }));
    }
    const name = path.at(-1);
    if (name !== undefined && valueAt(value, path) === undefined) {
      return [
        { code: "field-missing", pointer: pointerOf(path.slice(0, -1)), detail: `“${name}” is missing.` },
      ];
    }
    return [{ code: "field-invalid", pointer: pointerOf(path), detail: wordsOf(issue) }];
  });
  const told = new Set<string>();
  return faults.filter(({ code, pointer }) => {
    if (code !== "field-invalid") return true;
    const isFirst = !told.has(pointer);
    told.add(pointer);
    return isFirst;
  });
}

/** "#/lines/0/kind" of its parts (RFC 6901, 6), which must be well-formed. */
export function pointerOf(parts: readonly (string | number)[]): string {
  return ["#", ...parts.map((part) => fragmentOf(String(part)))].join("/");
}

function fragmentOf(part: string): string {
  return encodeURI(part.replaceAll("~", "~0").replaceAll("/", "~1")).replaceAll("#", "%23");
}

/** A value of which any field may be missing, since it could not be read. */
export type Readable<T> = T extends (infer One)[]
  ? (Readable<One> | undefined)[]
  : T extends object
    ? { [Field in keyof T]?: Readable<T[Field]> | undefined }
    : T;

/**
 * As much of a value as its schema can read: of an object each field that is right, of a list each element, undefined for what is
 * not. So that what fields mean can be looked at while others are wrong.
 */
export function readable(schema: z.ZodType, value: unknown): unknown {
  const inside = unwrapped(schema);
  if (inside instanceof z.ZodObject && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(inside.shape).map(([name, field]) => [
        name,
        readable(field as z.ZodType, Object.hasOwn(value, name) ? value[name] : undefined),
      ]),
    );
  }
  if (inside instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((one) => readable(inside.element as z.ZodType, one));
  }
  return schema.safeParse(value).data;
}

function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}

function valueAt(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === "object" && inside !== null && Object.hasOwn(inside, key)
        ? (inside as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const TYPES: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
};

function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `This must be ${TYPES[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return `This must be one of ${issue.values.map((one) => `“${String(one)}”`).join(", ")}.`;
    case "too_big":
      return `This is ${issue.origin === "string" ? `longer than ${issue.maximum} characters` : issue.origin === "array" ? `more than ${issue.maximum}` : `more than ${issue.maximum}`}.`;
    case "too_small":
      return issue.origin === "string"
        ? "This is empty."
        : issue.origin === "array"
          ? `There must be at least ${issue.minimum}.`
          : `This is less than ${issue.minimum}.`;
    default:
      return issue.message;
  }
}
