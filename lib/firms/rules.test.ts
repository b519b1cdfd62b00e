import { describe, expect, test } from "vitest";
import { type Ability, isLastOwner, type Member, manages, may, type Role, roleOf } from "./rules.ts";

const abilities: Ability[] = ["see", "act", "settings", "connect", "people", "company"];
const onFirm = (firmRole: Role | null) => ({ firmRole, companyRole: null });
const onCompany = (companyRole: Role | null) => ({ firmRole: null, companyRole });

describe("who may do what", () => {
  test.each<[string, { firmRole: Role | null; companyRole: Role | null }, Ability[]]>([
    ["a stranger", onFirm(null), []],
    ["a firm's viewer", onFirm("viewer"), ["see"]],
    ["a firm's staff", onFirm("staff"), ["see", "act"]],
    ["a firm's owner", onFirm("owner"), ["see", "act", "settings", "connect", "people"]],
    ["a company's viewer", onCompany("viewer"), ["see"]],
    ["a company's staff", onCompany("staff"), ["see", "act"]],
    ["a company's owner", onCompany("owner"), abilities],
    [
      "a firm's owner who views the company",
      { firmRole: "owner", companyRole: "viewer" },
      abilities.slice(0, 5),
    ],
  ])("%s", (_, standing, allowed) => {
    expect(abilities.filter((ability) => may(standing, ability))).toEqual(allowed);
  });

  test("the higher of two roles counts", () => {
    expect(roleOf({ firmRole: "viewer", companyRole: "staff" })).toBe("staff");
    expect(roleOf({ firmRole: "owner", companyRole: "viewer" })).toBe("owner");
    expect(roleOf(onFirm(null))).toBeNull();
  });
});

describe("the last owner", () => {
  const member = (membershipId: string, on: Member["on"], role: Role = "owner", isActive = true): Member => {
    return { membershipId, on, role, isActive };
  };

  test("of a firm stays", () => {
    expect(isLastOwner([member("a", "firm"), member("b", "firm", "staff")], "a")).toBe(true);
  });

  test("of a firm may go when another owner, or the company's, remains", () => {
    expect(isLastOwner([member("a", "firm"), member("b", "firm")], "a")).toBe(false);
    expect(isLastOwner([member("a", "firm"), member("b", "company")], "a")).toBe(false);
  });

  test("of a company stays, whoever owns the firm", () => {
    expect(isLastOwner([member("a", "company"), member("b", "firm")], "a")).toBe(true);
  });

  test("isn't replaced by somebody who can't sign in", () => {
    expect(isLastOwner([member("a", "firm"), member("b", "firm", "owner", false)], "a")).toBe(true);
  });

  test("is nobody whose role is lower, or who can't sign in", () => {
    expect(isLastOwner([member("a", "firm"), member("b", "firm", "staff")], "b")).toBe(false);
    expect(isLastOwner([member("a", "firm"), member("b", "firm", "owner", false)], "b")).toBe(false);
  });
});

test("an owner manages their firm's people; a company's owner those of all its firms; nobody another company's", () => {
  const firmOwner = { ...onFirm("owner"), firmId: "f1", companyId: "c1" };
  const companyOwner = { ...onCompany("owner"), firmId: "f1", companyId: "c1" };
  const posts = [
    { firmId: "f1", companyId: "c1" },
    { firmId: "f2", companyId: "c1" },
    { firmId: null, companyId: "c1" },
    { firmId: "f3", companyId: "c2" },
  ];
  expect(posts.map((post) => manages(firmOwner, post))).toEqual([true, false, false, false]);
  expect(posts.map((post) => manages(companyOwner, post))).toEqual([true, true, true, false]);
});
