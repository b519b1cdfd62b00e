import { describe, expect, test } from "vitest";
import { csvLine } from "./csv.ts";

describe("text never becomes a formula", () => {
  test.each([
    "=1+1",
    "+61 2 5550 1234",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    '=HYPERLINK("http://evil.example","see")',
    "＝1+1",
  ])("%j stays text", (text) => {
    expect(csvLine([text])).toBe(`"'${text.replaceAll('"', '""')}"\r\n`);
  });

  test("nor by what stands behind a comma, a quote or a line's end in it", () => {
    expect(csvLine(['a",=1+1', "b\n=1+1", "c"])).toBe('"a"",=1+1","b\n=1+1",c\r\n');
  });
});

test("amounts stay numbers, negative ones too", () => {
  expect(csvLine([{ number: "1400.04" }, { number: "-12.50" }, { number: "5000" }])).toBe(
    "1400.04,-12.50,5000\r\n",
  );
});

test("what is no number can't pass for one", () => {
  expect(() => csvLine([{ number: "-1+1" }])).toThrow(RangeError);
  expect(() => csvLine([{ number: "=1" }])).toThrow(RangeError);
});

test("plain text is left as it is", () => {
  expect(csvLine(["INV-2009", "Café Łódź", ""])).toBe("INV-2009,Café Łódź,\r\n");
});
