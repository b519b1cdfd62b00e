import { expect, test } from "vitest";
import { readLogo } from "./logo.ts";

const file = (start: string, length = 64) =>
  Buffer.concat([Buffer.from(start, "latin1"), Buffer.alloc(length)]);

test.each([
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff\xe0"],
  ["image/webp", "RIFF\x10\x00\x00\x00WEBP"],
])("takes %s by its first bytes", (type, start) => {
  const bytes = file(start);
  expect(readLogo(bytes)).toEqual({ ok: true, dataUrl: `data:${type};base64,${bytes.toString("base64")}` });
});

test.each(["<svg xmlns=", "GIF89a", "<!doctype html>", "", "RIFF\x10\x00\x00\x00WAVE"])(
  "refuses %j",
  (start) => {
    expect(readLogo(file(start)).ok).toBe(false);
  },
);

test("refuses a byte over 200 kB", () => {
  const start = "\x89PNG\r\n\x1a\n";
  expect(readLogo(file(start, 200_000 - start.length)).ok).toBe(true);
  expect(readLogo(file(start, 200_001 - start.length)).ok).toBe(false);
});
