import { expect, test } from "vitest";
import { documentsFor } from "./batch-rules.ts";

const lines = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ invoiceId: String(at).padStart(3, "0") }));
const sizes = (count: number, isBase: boolean) =>
  documentsFor(lines(count), { isBase }).map(({ length }) => length);

test.each([
  ["one invoice is a payment", 1, true, [1]],
  ["up to fifty are one batch", 50, true, [50]],
  ["more are batches of fifty, and the rest", 101, true, [50, 50, 1]],
  ["in a foreign currency each is a payment", 3, false, [1, 1, 1]],
])("%s", (_, count, isBase, expected) => {
  expect(sizes(count, isBase)).toEqual(expected);
});

test("the same lines in another order make the same documents", () => {
  expect(documentsFor(lines(101).reverse(), { isBase: true })).toEqual(
    documentsFor(lines(101), { isBase: true }),
  );
});
