import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CodeEntryView } from "#components/pay/code-entry-view.tsx";
import { openLink } from "#lib/checkout/links/open-link.ts";
import { db } from "#lib/core/db.ts";
import { linkInAddress, linkQuestion, type PayParams, payPath } from "../../../pay-door.ts";
import { PayPage } from "../../../pay-page.tsx";

export const metadata: Metadata = { title: { absolute: "Enter the code" } };

type Props = { params: Promise<PayParams> };

const GONE = "That code can't be used any more. Have a new one sent.";

const NO_DIGITS = "Type the six digits of the code. This was not counted as a try.";

function errorOf(triesLeft: number | null): string | null {
  if (triesLeft === null) return null;
  return triesLeft === 0 ? GONE : "That is not the code.";
}

/** Where the code is typed; only for a link that opens, and an address of its contact. */
export default async function CodePage(props: Props) {
  const params = await props.params;
  const { link: search, said } = await linkInAddress("to", "left");
  const back = `${payPath(params)}?${search}`;
  const opened = await openLink(db(), await linkQuestion(params, search));
  const to = opened.kind === "open" && opened.codes?.find(({ key }) => key === said.to);
  if (!to) redirect(back);
  const triesLeft = /^\d$/.test(said.left ?? "") ? Number(said.left) : null;
  const error = said.left === "digits" ? NO_DIGITS : errorOf(triesLeft);
  return (
    <PayPage params={params} firm={opened.firm} books={null} step={null} isTest={opened.isTest}>
      <CodeEntryView
        maskedEmail={to.masked}
        error={error}
        attemptsLeft={triesLeft || null}
        action={`${payPath(params)}/code/check`}
        resendAction={`${payPath(params)}/code/send`}
        hidden={{ link: search, to: to.key }}
        backHref={back}
      />
    </PayPage>
  );
}
