import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { arrive } from "./support/arrive.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import { DEMO_PEOPLE, signIn } from "./support/staff.ts";

test("an owner makes a key, a program asks with it, and once it is revoked it opens nothing", async ({
  page,
  ground,
}) => {
  const ask = (path: string, key?: string) =>
    fetch(`${ground.webUrl}/api/v1${path}`, {
      headers: { "x-forwarded-for": ownAddress(), ...(key ? { authorization: `Bearer ${key}` } : {}) },
    });
  await signIn(page, DEMO_PEOPLE.harbourOwner);
  await page.goto("/firms/quickfee/harbour/settings/api-keys");
  await arrive(page, "API keys");
  await page.getByLabel("Which system will use it").fill("Till 4");
  await page.getByRole("button", { name: "Make a key" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The key for Till 4 is made" })).toBeVisible();
  const key = await page.locator("form code").innerText();
  expect(key).toMatch(/^cfk_/);

  const { schemas, check } = await document(ground.webUrl);
  const answer = await ask("/chart", key);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("ratelimit")).toMatch(/^"key";r=\d+;t=\d+$/);
  const chart = await answer.json();
  expect(check("Chart", chart)).toEqual([]);
  expect(chart).toMatchObject({
    organisation: "Harbour Books Ltd",
    currencies: expect.arrayContaining(["GBP"]),
  });
  expect(schemas).toContain("Problem");

  await page.reload();
  await expect(page.getByText("Last used")).toBeVisible();
  await expect(page.getByText(key)).toHaveCount(0);
  await page.getByText("Revoke", { exact: true }).first().click();
  await page.getByRole("button", { name: "Revoke the key of Till 4" }).click();
  await expect(page.getByText(/^Revoked/)).toBeVisible();
  for (const [given, code] of [
    [key, "key-revoked"],
    ["cfk_never", "key-unknown"],
    [undefined, "key-missing"],
  ] as const) {
    const refused = await ask("/chart", given);
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    const problem = await refused.json();
    expect(check("Problem", problem)).toEqual([]);
    expect(problem).toMatchObject({ code, type: `${ground.webUrl}/problems/${code}` });
    await page.goto(problem.type);
    await arrive(page, problem.title);
  }
  await page.goto("/firms/quickfee/harbour/settings/api-keys/requests");
  await arrive(page, "API requests");
  await expect(page.getByRole("row").filter({ hasText: "GET /api/v1/chart" })).toHaveText([
    /Till 4.*401 key-revoked/,
    /Till 4.*200 in \d+ ms/,
  ]);
});

test("the API's reference is for anyone, and shows each call with an example", async ({ page }) => {
  await page.goto("/api/v1/docs");
  await arrive(page, "API reference");
  await expect(page.getByText("GET /chart")).toBeVisible();
  await expect(page.getByText('"organisation": "Demo Accountants Pty Ltd"').first()).toBeVisible();
  await page.getByRole("link", { name: "key-unknown" }).first().click();
  await arrive(page, "This API key is not known");
});

/** The OpenAPI document's schemas, and what is wrong with an answer by one of them. */
async function document(webUrl: string) {
  const { components } = await (await fetch(`${webUrl}/api/v1/openapi.json`)).json();
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "api", components });
  const check = (name: string, answer: unknown) => {
    const validate = ajv.compile({ $ref: `api#/components/schemas/${name}` });
    return validate(answer) ? [] : (validate.errors ?? []);
  };
  return { schemas: Object.keys(components.schemas), check };
}
