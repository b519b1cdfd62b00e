import type Stripe from "stripe";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api, type Call } from "../api.ts";
import { recordEvent } from "../events/record-event.ts";
import { getObject, saveObject } from "../objects.ts";
import { invalid, noSuch } from "../wire/errors.ts";
import { listPage } from "../wire/lists.ts";
import { whenAnswered } from "./change-dispute.ts";
import { isOpen, loseDispute } from "./close-dispute.ts";
import { readEvidence } from "./evidence.ts";

type Dispute = Stripe.Dispute;

function found({ world, account, id }: Call): Dispute {
  const dispute = getObject<Dispute>(world, account.id, "dispute", id);
  if (!dispute) throw noSuch("dispute", id, "dispute");
  return dispute;
}

const retrieve: ApiHandler = (call) => {
  call.params.done();
  return found(call);
};

const list: ApiHandler = (call) => {
  const charge = call.params.text("charge");
  const id = call.params.text("payment_intent");
  const ofCharge = (one: Dispute) => charge === null || one.charge === charge;
  return listPage<Dispute>(call, "dispute", ofCharge, { field: "payment_intent", id });
};

/** Evidence may be staged and changed until it is submitted, which it is unless `submit` says false. */
const update: ApiHandler = (call) => {
  const { world, account, params, request } = call;
  const before = found(call);
  const given = readEvidence(params);
  const submit = params.oneOf("submit", ["true", "false"]) !== "false";
  const metadata = { ...before.metadata, ...params.metadata() };
  params.done();
  const answered = whenAnswered(before);
  const answers = Object.keys(given).length > 0;
  if (answers && !answered) {
    throw invalid(`This dispute cannot be answered any more: its status is ${before.status}.`);
  }
  const details = before.evidence_details;
  const has_evidence = answers || details.has_evidence;
  const submitted = answered !== undefined && has_evidence && submit;
  const after = saveObject<Dispute>(world, {
    ...before,
    evidence: { ...before.evidence, ...given },
    evidence_details: {
      ...details,
      has_evidence,
      submission_count: details.submission_count + (submitted ? 1 : 0),
      submission_method: submitted ? "manual" : details.submission_method,
    },
    metadata,
    status: submitted ? answered : before.status,
  });
  recordEvent(world, account.id, "charge.dispute.updated", after, request);
  return after;
};

const close: ApiHandler = (call) => {
  const dispute = found(call);
  call.params.done();
  if (!isOpen(dispute)) throw invalid(`This dispute is already closed: its status is ${dispute.status}.`);
  return loseDispute(call.world, call.account.id, dispute, { request: call.request });
};

export const disputeRoutes: Route[] = [
  api("GET", "/v1/disputes", list),
  api("GET", "/v1/disputes/:id", retrieve),
  api("POST", "/v1/disputes/:id", update),
  api("POST", "/v1/disputes/:id/close", close),
];
