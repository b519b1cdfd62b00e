import { expect, test } from "vitest";
import { checkClearing } from "#lib/payouts/clearing/check-clearing.ts";
import { testDb } from "#lib/testing/database.ts";
import { openPayoutDesk } from "#lib/testing/payouts.ts";
import { paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { alertClearing } from "./alert-clearing.ts";

const db = testDb();
const simulator = testSimulator();

test("staff get one letter when a clearing account needs a person, one more when what is wrong changes, and none while it is right", async () => {
  const desk = await openPayoutDesk(db(), simulator());
  const night = async () => {
    await checkClearing(db(), desk.books.connectionId);
    await alertClearing(db());
    const { messages } = await simulator().control<{ messages: { subject: string; text: string }[] }>(
      "GET",
      "/control/mail?subject=clearing",
    );
    return messages;
  };
  const someoneSpends = async (amount: number) =>
    desk.inXero("bank-transaction", {
      ...{ type: "SPEND", bankAccount: desk.clearingAccountId, account: "404", amount },
      contactId: await desk.someContact(),
    });
  await paidByCard(desk);
  expect(await night()).toEqual([]);

  await someoneSpends(7);
  await night();
  const [letter, ...more] = await night();
  expect(more).toEqual([]);
  expect(letter?.subject).toContain("needs a look");
  expect(letter?.text).toContain("-A$7.00 Not entered by the desk");
  expect(letter?.text).toContain("/clearing");

  await someoneSpends(3);
  expect(await night()).toHaveLength(2);
});
