import { expect, test } from "vitest";
import { makeKey } from "#lib/api-keys/make-key.ts";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { getChart } from "./chart.ts";
import { GET } from "./route.ts";

const db = testDb();
const simulator = testSimulator();

test("a system with a key is told what lines may name, as the API's document has it", async () => {
  const { caller, books } = await openDesk(db(), simulator());
  const key = await makeKey(db(), caller, {
    ...{ connectionId: books.connectionId, name: "Till", scopes: ["read"] },
  });
  const answer = await GET(
    new Request("http://localhost/api/v1/chart", { headers: { authorization: `Bearer ${key}` } }),
    { params: Promise.resolve({}) },
  );
  expect(answer.status).toBe(200);
  // Strict: a field that the document lacks fails here.
  const chart = getChart.answers[200]?.schema.parse(await answer.json());
  expect(chart).toMatchObject({
    organisation: "Demo Accountants Pty Ltd",
    accounts: expect.arrayContaining([
      { code: "200", name: "Sales", type: "REVENUE", class: "revenue", taxType: "OUTPUT" },
    ]),
    taxRates: expect.arrayContaining([expect.objectContaining({ taxType: "OUTPUT", percent: "10" })]),
    items: expect.arrayContaining([expect.objectContaining({ code: "HOUR", salesAccountCode: "200" })]),
    trackingCategories: [
      expect.objectContaining({ name: "Region" }),
      expect.objectContaining({ name: "Service" }),
    ],
    asOf: expect.any(String),
  });
});
