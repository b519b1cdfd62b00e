import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { PAY_PAGES, payPageAt } from "./pay-pages.ts";

const TOKEN = "A".repeat(43);

test("every page below app/pay is listed, so that none is left to Next unseen", () => {
  const files = globSync("app/pay/**/page.tsx").map((file) => file.replace(/^app\/pay\/|\/page\.tsx$/g, ""));
  expect([...PAY_PAGES].sort()).toEqual(files.sort());
});

test("an address says which page it is and whose", () => {
  const params = { company: "quickfee", firm: "demo", token: "" };
  expect(payPageAt("/pay/quickfee/demo")).toEqual({ page: "[company]/[firm]", params });
  expect(payPageAt("/pay/quickfee/demo/")).toEqual({ page: "[company]/[firm]", params });
  expect(payPageAt(`/pay/quickfee/demo/checkout/${TOKEN}/receipt`)).toEqual({
    page: "[company]/[firm]/checkout/[token]/receipt",
    params: { ...params, token: TOKEN },
  });
});

test.each([
  "/pay",
  "/pay/quickfee",
  "/pay/quickfee/demo/logo",
  "/pay/quickfee/demo/checkout",
  "/pay/quickfee/demo/nothing",
  "/pay//quickfee/demo",
  "/pay/../quickfee/demo",
  "/pay/quick%66ee/demo",
  "/pay/quickfee/demo\n",
  "/PAY/quickfee/demo",
])("%j is none of them", (path) => {
  expect(payPageAt(path)).toBeNull();
});
