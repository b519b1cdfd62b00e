"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm } from "#app/door/action-form.tsx";
import type { Cause } from "#lib/posting/causes.ts";
import { sendRetry, sendRetryAll } from "./actions.ts";

const RETRY = { kind: "quiet", pending: "Looking in Xero" } as const;

export function RetryForm({ place, postingId }: { place: Place; postingId: string }) {
  return <ActionForm {...RETRY} {...{ send: sendRetry, place, hidden: { postingId } }} button="Try again" />;
}

/** All that share a cause, also those that the page has no room for. */
export function RetryAllForm({ place, cause, count }: { place: Place; cause: Cause; count: number }) {
  return (
    <ActionForm
      {...RETRY}
      {...{ send: sendRetryAll, place, hidden: { cause } }}
      button={`Try all ${count} again`}
    />
  );
}
