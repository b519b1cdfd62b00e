import type { Metadata } from "next";
import { Message } from "#components/pay/states/message.tsx";
import type { PayParams } from "../../../pay-door.ts";
import { PayPage } from "../../../pay-page.tsx";

export const metadata: Metadata = { title: { absolute: "Nothing was charged" } };

type Props = { params: Promise<PayParams>; searchParams: Promise<{ why?: string }> };

/** Where a form leads that could not be taken: before any payment, so nothing was charged. */
export default async function StoppedPage({ params, searchParams }: Props) {
  const { why } = await searchParams;
  return (
    <PayPage params={await params} firm={null} books={null} step={null} isTest={false}>
      <Message title={why === "gone" ? "This page is no longer there" : "That could not be sent"}>
        <p className="font-semibold">Nothing was charged.</p>
        <p>
          {why === "too_many"
            ? "That was asked for too often. Wait an hour, then open the link on your invoice again."
            : "Open the link on your invoice again and go on from there."}
        </p>
      </Message>
    </PayPage>
  );
}
