import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PROBLEMS, type ProblemCode } from "#app/door/api/problems.ts";
import { Facts } from "#components/facts.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { DeskPage } from "#components/top-bar.tsx";

type Props = { params: Promise<{ code: string }> };

const RETRY = {
  "after-fix": "Not as it is: it would be answered the same.",
  "same-request": "Yes, the same request.",
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).code };
}

/** What a problem of the API means, where its `type` leads. */
export default async function ProblemPage({ params }: Props) {
  const { code } = await params;
  if (!Object.hasOwn(PROBLEMS, code)) notFound();
  const { status, title, meaning, fix, retry } = PROBLEMS[code as ProblemCode];
  return (
    <DeskPage>
      <PageTitle title={title} back={{ href: "/api/v1/docs#problems", label: "API reference" }} />
      <Facts
        facts={[
          { label: "Code", value: <code>{code}</code> },
          { label: "Status", value: String(status) },
          { label: "Means", value: meaning },
          { label: "What to do", value: fix },
          { label: "Send again", value: RETRY[retry] },
        ]}
      />
    </DeskPage>
  );
}
