import { expect, test } from "vitest";
import { masked, maskedAll } from "./mask-rules.ts";

test.each([
  ["jane@example.com", "j•••@e•••.com"],
  ["j@x.co.uk", "j•••@x•••.uk"],
  ["R&D@mail.example.photography", "R•••@m•••.photography"],
])("%s is shown as %s", (email, shown) => expect(masked(email)).toBe(shown));

test("addresses that look alike are told apart", () => {
  expect(maskedAll(["jane@example.com", "kim@example.com", "john@else.com"])).toEqual([
    "j•••@e•••.com (1)",
    "k•••@e•••.com",
    "j•••@e•••.com (2)",
  ]);
});
