import fc from "fast-check";
import { expect, test } from "vitest";
import { accentPair, contrast, PAPER } from "./accent-rules.ts";

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

test("any colour a firm picks is readable on both papers", () => {
  fc.assert(
    fc.property(colour, (hex) => {
      const { light, dark } = accentPair(hex);
      expect(contrast(light, PAPER.light)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, PAPER.dark)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test("a colour that is readable already is left alone", () => {
  expect(accentPair("#1f5443").light).toBe("#1f5443");
  expect(accentPair("#8cc9b1").dark).toBe("#8cc9b1");
});

test("a pale yellow grows darker on light paper and stays as it is on dark paper", () => {
  const { light, dark } = accentPair("#ffe94d");
  expect(light).not.toBe("#ffe94d");
  expect(dark).toBe("#ffe94d");
});

test("anything but #rrggbb is refused, so that nothing else can reach the style sheet", () => {
  for (const bad of ["red", "#fff", "#12345g", "#123456;}body{display:none", "#123456\n"]) {
    expect(() => accentPair(bad)).toThrow(RangeError);
  }
});

test("black on white has the greatest contrast there is", () => {
  expect(contrast("#000000", "#ffffff")).toBe(21);
});
