import type { Metadata } from "next";
import { DeskBar } from "#app/(desk)/desk-bar.tsx";
import { requireActor } from "#app/door/actor.ts";
import { ButtonLink } from "#components/forms/button.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { DeskPage } from "#components/top-bar.tsx";

export const metadata: Metadata = { title: "Nothing was connected" };

/** Where an answer from Xero leads that belongs to no Connect of this person. */
export default async function XeroAnswerPage() {
  const actor = await requireActor();
  return (
    <>
      <DeskBar actor={actor} home="/firms" context={null} />
      <DeskPage>
        <PageTitle title="Nothing was connected" />
        <Notice tone="warn" action={<ButtonLink href="/firms">Choose a firm</ButtonLink>}>
          This answer from Xero belongs to no Connect that you started here in the last ten minutes. Nothing
          was changed. Open your firm, then press Connect Xero again.
        </Notice>
      </DeskPage>
    </>
  );
}
