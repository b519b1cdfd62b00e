import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { InstantText } from "#components/date-text.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Table } from "#components/table.tsx";
import { listRequests, type RequestView } from "#lib/api-keys/read.ts";
import { db } from "#lib/core/db.ts";
import { AGES } from "#lib/core/retention.ts";
import { placeAndTime } from "../../../place-and-time.ts";

export const metadata: Metadata = { title: "API requests" };

const MOST = 200;

const COLUMNS = [
  { label: "When" },
  { label: "System" },
  { label: "Asked" },
  { label: "Answer" },
  { label: "Request" },
];

/** What other systems asked with the firm's keys, and what came of it. */
export default async function ApiRequestsPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "settings");
  const requests = await listRequests(db(), firm, MOST);
  const clock = { now: new Date(), ...(await placeAndTime(db(), firm.firmId)) };
  return (
    <>
      <PageTitle
        title="API requests"
        lead={`The last ${MOST} that came with a key of this firm. Each is kept for ${AGES.apiRequests.days} days.`}
        back={{ href: `/firms/${place.company}/${place.firm}/settings/api-keys`, label: "API keys" }}
      />
      {requests.length === 0 ? (
        <p className="text-muted">There is none yet.</p>
      ) : (
        <Table
          caption="API requests"
          captionHidden
          columns={COLUMNS}
          rows={requests.map((request) => ({
            key: request.requestId,
            cells: cellsOf(request, clock, place),
          }))}
        />
      )}
    </>
  );
}

type Clock = { now: Date; country: string; timeZone: string };

function cellsOf(
  { at, keyName, method, path, status, problem, milliseconds, requestId }: RequestView,
  clock: Clock,
  { company, firm }: Place,
) {
  return [
    <InstantText key="at" at={at} {...clock} />,
    keyName,
    <code key="asked">{`${method} ${path}`}</code>,
    <span key="answer">
      {status} {problem ? <a href={`/problems/${problem}`}>{problem}</a> : `in ${milliseconds} ms`}
    </span>,
    <a key="request" href={`/firms/${company}/${firm}/settings/api-keys/requests/${requestId}`}>
      <code>{requestId}</code>
    </a>,
  ];
}
