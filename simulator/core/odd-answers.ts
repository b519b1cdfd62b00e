/** What a 200 has no right to say: what a proxy, a broken line or a bug puts in the way. None of it is documented anywhere. */
import type { Fault, Res } from "./types.ts";

type OddAnswer = Extract<Fault["effect"], { kind: "odd-answer" }>["odd"];

export const ODD_ANSWERS: OddAnswer[] = ["empty-list", "no-list", "html", "cut-json", "nothing"];

const HTML = "<!doctype html><title>Just a moment</title><h1>We will be right back</h1>";

/** The answer after the request has done its work; a refusal stays what it is. */
export function oddAnswer(res: Res, odd: OddAnswer): Res {
  if (res.status >= 300) return res;
  const body = String(res.body ?? "");
  switch (odd) {
    case "html":
      return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: HTML };
    case "cut-json":
      return { ...res, body: body.slice(0, Math.floor(body.length / 2)) };
    case "no-list":
      return { ...res, body: "{}" };
    case "nothing":
      return { ...res, body: "" };
    case "empty-list":
      return { ...res, body: JSON.stringify(emptied(JSON.parse(body))) };
  }
}

/** The answer with these fields of one row overwritten, wherever the row is named by this id; an absent value takes the field away. */
export function oddRow(res: Res, { id, set }: { id: string; set: Record<string, unknown> }): Res {
  if (res.status >= 300) return res;
  const written = JSON.stringify(JSON.parse(String(res.body ?? "null")), (_, value: unknown) =>
    isRow(value, id) ? { ...value, ...changed(set) } : value,
  );
  return { ...res, body: written };
}

/** Every list of the answer without its rows, and what counts them gone. */
function emptied(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      name === "pagination" ? [] : [[name, Array.isArray(value) ? [] : value]],
    ),
  );
}

/** A row's own id is its first field of that kind: what is nested in others is not meant. */
function isRow(value: unknown, id: string): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const own = Object.entries(value).find(([name]) => name.endsWith("ID"));
  return own?.[1] === id;
}

/** Null in a form stands for a field that is not there. */
function changed(set: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(set).map(([name, value]) => [name, value ?? undefined]));
}
