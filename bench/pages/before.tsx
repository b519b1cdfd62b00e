import { ChooseStep } from "#app/pay/[company]/[firm]/choose-step.tsx";
import { linkQuestion } from "#app/pay/pay-door.ts";
import { PayPage } from "#app/pay/pay-page.tsx";
import { db } from "#lib/core/db.ts";
import { openLinkInSteps } from "#lib/testing/links/link-in-steps.ts";

type Search = { searchParams: Promise<{ company: string; firm: string; invoice: string; amount: string }> };

/** The pay page as it was until November 2026: read query by query, and drawn by Next with its client runtime. */
export default async function BeforePage({ searchParams }: Search) {
  const { company, firm, ...link } = await searchParams;
  const params = { company, firm };
  const search = new URLSearchParams(link).toString();
  const opened = await openLinkInSteps(db(), await linkQuestion(params, search));
  if (opened.kind !== "open") throw new Error(`The bench's link leads to "${opened.kind}"`);
  return (
    <PayPage params={params} firm={opened.firm} books={opened.books} step="choose" isTest={opened.isTest}>
      <ChooseStep params={params} opened={opened} search={search} error={null} />
    </PayPage>
  );
}
