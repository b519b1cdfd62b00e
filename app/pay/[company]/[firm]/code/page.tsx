import type { Metadata } from "next";
import { CodeEntryView } from "#components/pay/code-entry-view.tsx";
import { db } from "#lib/core/db.ts";
import { findFirmForPayer } from "#lib/firms/read.ts";
import { testModeOf } from "#lib/processor/test-mode.ts";
import { linkInAddress, type PayParams, payPath } from "../../../pay-door.ts";
import { PayPage } from "../../../pay-page.tsx";

export const metadata: Metadata = { title: { absolute: "Enter the code" } };

type Props = { params: Promise<PayParams> };

const GONE = "That code can't be used any more. Have a new one sent.";

export default async function CodePage(props: Props) {
  const params = await props.params;
  const { link: search, said: left } = await linkInAddress("left");
  const firm = await findFirmForPayer(db(), params.company, params.firm);
  const isTest = firm !== null && (await testModeOf(db(), firm.firmId))?.isAllowed === true;
  const triesLeft = left !== null && /^\d$/.test(left) ? Number(left) : null;
  const error = triesLeft === null ? null : triesLeft === 0 ? GONE : "That is not the code.";
  return (
    <PayPage params={params} firm={firm} books={null} step={null} isTest={isTest}>
      <CodeEntryView
        firmName={firm?.name ?? "the sender"}
        maskedEmail={null}
        error={error}
        attemptsLeft={triesLeft || null}
        action={`${payPath(params)}/code/check`}
        resendAction={`${payPath(params)}/code/send`}
        hidden={{ link: search }}
        backHref={`${payPath(params)}?${search}`}
      />
    </PayPage>
  );
}
