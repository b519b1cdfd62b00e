import { expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { openDesk } from "#lib/testing/desk.ts";
import { paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { labelsOfPayments } from "./read-labels.ts";

const db = testDb();
const simulator = testSimulator();

test("C7: payments in a list are told apart by who paid and what", async () => {
  const desk = await openDesk(db(), simulator());
  const [one, two] = [await paidByCard(desk), await paidByCard(desk, 2)];
  const labels = await labelsOfPayments(db(), [one.id, two.id]);
  expect(labels.get(one.id)).toMatch(/^\S.*: INV-2017$/);
  expect(labels.get(two.id)).toMatch(/^\S.*: INV-2013, INV-2017$/);
});
