import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PROBLEMS, type ProblemCode } from "#app/door/api/problems.ts";
import { Facts } from "#components/facts.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { DeskPage } from "#components/top-bar.tsx";
import { type FoundIn, ORDER_FAULTS, type OrderFaultCode } from "#lib/orders/faults.ts";

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
  if (Object.hasOwn(ORDER_FAULTS, code)) return <FaultPage code={code as OrderFaultCode} />;
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

const FOUND: Record<FoundIn, string> = {
  body: "In what was sent: the order is refused, for its sender alone can mend that",
  limits: "In what was sent: the order is refused, for its sender alone can mend that",
  mapping: "In the desk's mapping or settings: the order is held until staff have mended it",
  chart: "In the organisation's books: the order is held until staff have mended it",
  contact: "Among the organisation's contacts: the order is held until staff have mended it",
  "lock-date": "In the organisation's lock dates: the order is held until staff have mended it",
  xero: "In Xero: the order is held until staff have mended it",
};

function FaultPage({ code }: { code: OrderFaultCode }) {
  const { title, meaning, fix, found } = ORDER_FAULTS[code];
  return (
    <DeskPage>
      <PageTitle title={title} back={{ href: "/api/v1/docs#faults", label: "API reference" }} />
      <Facts
        facts={[
          { label: "Code", value: <code>{code}</code> },
          { label: "Found", value: FOUND[found] },
          { label: "Means", value: meaning },
          { label: "What to do", value: fix },
        ]}
      />
    </DeskPage>
  );
}
