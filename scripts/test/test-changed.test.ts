import { expect, test } from "vitest";
import { flowsFor } from "./test-changed.ts";

test("a change to the desk runs all flows, one to some flows those alone, and one to papers or tests none", () => {
  expect(flowsFor(["lib/core/money.ts", "docs/promises.md"])).toBe("all");
  expect(flowsFor(["e2e/pay.spec.ts", "e2e/support/payer.ts", "lib/core/money.test.ts"])).toBe(
    "those of changed files",
  );
  expect(flowsFor(["CONTRIBUTING.md", "lib/core/money.test.ts", "docs/operating.md"])).toBe("none");
  expect(flowsFor([""])).toBe("none");
});
