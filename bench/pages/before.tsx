import { ChooseStep } from "#app/pay/[company]/[firm]/choose-step.tsx";
import { linkQuestion } from "#app/pay/pay-door.ts";
import { PayPage } from "#app/pay/pay-page.tsx";
import { db } from "#lib/core/db.ts";
import { openLinkInSteps } from "#lib/testing/links/link-in-steps.ts";

const PARAMS = { company: "quickfee", firm: "harbour" };
const SEARCH = "amount=480.00&invoice=INV-3001";

/** The pay page as it was until November 2026: read query by query, and drawn by Next with its client runtime. */
export default async function BeforePage() {
  const question = await linkQuestion(PARAMS, SEARCH);
  const opened = await openLinkInSteps(db(), question);
  if (opened.kind !== "open") throw new Error(`The bench's link leads to "${opened.kind}"`);
  return (
    <PayPage params={PARAMS} firm={opened.firm} books={opened.books} step="choose" isTest={opened.isTest}>
      <ChooseStep params={PARAMS} opened={opened} search={SEARCH} error={null} />
    </PayPage>
  );
}
