import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { InstantText } from "#components/date-text.tsx";
import { Facts } from "#components/facts.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { findRequest } from "#lib/api-keys/read.ts";
import { db } from "#lib/core/db.ts";
import { placeAndTime } from "../../../../place-and-time.ts";
import { DryRun } from "./dry-run.tsx";

type Props = {
  params: Promise<Place & { requestId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).requestId };
}

/** One request of another system: what it sent, what it was answered, and what the same would come to now. */
export default async function ApiRequestPage({ params, searchParams }: Props) {
  const { requestId, ...place } = await params;
  const { look } = await searchParams;
  const { firm } = await requireFirmPage(place, "settings");
  const request = await findRequest(db(), firm, requestId);
  if (!request) notFound();
  const { at, keyName, method, path, status, problem, milliseconds, sent, answered } = request;
  const clock = { now: new Date(), ...(await placeAndTime(db(), firm.firmId)) };
  const isOfOrders = method === "POST" && /^\/api\/v1\/orders(\/batch)?(\?|$)/.test(path) && sent !== null;
  return (
    <>
      <PageTitle
        title={requestId}
        back={{
          href: `/firms/${place.company}/${place.firm}/settings/api-keys/requests`,
          label: "API requests",
        }}
      />
      <Facts
        facts={[
          { label: "When", value: <InstantText at={at} {...clock} /> },
          { label: "System", value: keyName },
          { label: "Asked", value: <code className="wrap-anywhere">{`${method} ${path}`}</code> },
          {
            label: "Answer",
            value: (
              <>
                {status} {problem && <a href={`/problems/${problem}`}>{problem}</a>} in {milliseconds} ms
              </>
            ),
          },
        ]}
      />
      {isOfOrders && (
        <Section
          id="again"
          title="Send again as a dry run"
          intro={
            <p>
              Looks at what was sent as it would be taken now. Names and addresses are not kept, so the buyer
              may differ.
            </p>
          }
        >
          {look === "now" ? (
            <DryRun request={request} />
          ) : (
            <p>
              <a href="?look=now#again">Look at it again</a>
            </p>
          )}
        </Section>
      )}
      {sent && <Json id="sent" title="What was sent" text={sent} />}
      {answered && <Json id="answered" title="What was answered" text={answered} />}
    </>
  );
}

function Json({ id, title, text }: { id: string; title: string; text: string }) {
  return (
    <Section id={id} title={title} intro={<p>Personal fields are blotted out.</p>}>
      <pre className="wrap-anywhere max-h-96 overflow-auto whitespace-pre-wrap rounded border border-line bg-tint px-3 py-2 text-sm">
        <code>{indented(text)}</code>
      </pre>
    </Section>
  );
}

/** As it was kept where it is no JSON: cut off, or none. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
