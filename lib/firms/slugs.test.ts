import fc from "fast-check";
import { expect, test } from "vitest";
import { refuseSlug, skeletonOf, slugFrom } from "./slugs.ts";

test.each(["demo", "bayside-club", "a", "9-to-5", "x".repeat(63)])("takes %s", (slug) => {
  expect(refuseSlug(slug)).toBeNull();
});

test.each(["", "-demo", "demo-", "de--mo", "Demo", "de mo", "dëmo", "demo/", "../x", "x".repeat(64), "new"])(
  "refuses %j",
  (slug) => {
    expect(refuseSlug(slug)).not.toBeNull();
  },
);

test.each([
  ["demo", "dem0"],
  ["bill", "bi1l"],
  ["modern", "modem"],
  ["quickfee", "quick-fee"],
  ["vvest", "west"],
])("sees that %s and %s look alike", (one, other) => {
  expect(skeletonOf(one)).toBe(skeletonOf(other));
});

test("tells honest neighbours apart", () => {
  const slugs = ["demo", "harbour", "harbor", "bayside", "seaside", "north", "south"];
  expect(new Set(slugs.map(skeletonOf)).size).toBe(slugs.length);
});

test("makes a good slug of any name, or none", () => {
  expect(slugFrom("Bäckerei Müller & Söhne Ltd.")).toBe("backerei-muller-sohne-ltd");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (name) => {
      const slug = slugFrom(name);
      return slug === "" || RESERVED_WORDS.includes(slug) || refuseSlug(slug) === null;
    }),
  );
});

const RESERVED_WORDS = ["new", "api", "settings"];
