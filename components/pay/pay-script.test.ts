import { expect, test } from "vitest";
import { PAY_SCRIPT } from "./pay-script.ts";

test("the one script of the payer's pages is smaller than 4 kB, and ends where it ends", () => {
  expect(Buffer.byteLength(PAY_SCRIPT)).toBeLessThanOrEqual(4_096);
  expect(PAY_SCRIPT).not.toMatch(/<\/?script|<!--/i);
});
