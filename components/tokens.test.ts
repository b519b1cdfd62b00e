import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contrast, PAPER } from "./accent-rules.ts";

const css = readFileSync("app/globals.css", "utf8");
const [light = {}, dark = {}] = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, body = ""]) =>
  Object.fromEntries(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  ),
);
const site = readFileSync("app/site.ts", "utf8");

describe.each([
  ["light", light, PAPER.light],
  ["dark", dark, PAPER.dark],
])("on %s paper", (_, colours: Record<string, string>, paper) => {
  const of = (name: string) => colours[name] ?? "";

  test("the accent rules and the browser's own bar know the paper's colour", () => {
    expect(of("paper")).toBe(paper);
    expect(site).toContain(paper);
  });

  test.each(["ink", "muted", "accent", "danger", "warn", "ok"])(
    "%s can be read on every plain ground",
    (name) => {
      for (const ground of ["paper", "sheet", "tint"]) {
        expect(contrast(of(name), of(ground))).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test.each(["danger", "warn", "ok"])("%s and ink can be read on the tint of %s", (name) => {
    expect(contrast(of(name), of(`${name}-tint`))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of("ink"), of(`${name}-tint`))).toBeGreaterThanOrEqual(4.5);
  });

  test("the edge of a field and the focus ring can be seen", () => {
    for (const ground of ["paper", "sheet", "tint"]) {
      expect(contrast(of("edge"), of(ground))).toBeGreaterThanOrEqual(3);
      expect(contrast(of("focus"), of(ground))).toBeGreaterThanOrEqual(3);
    }
  });
});
