"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm } from "#app/door/action-form.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { sendCancel } from "../actions.ts";

export function CancelForm({ place, orderId, back }: { place: Place; orderId: string; back: string }) {
  return (
    <ActionForm
      {...{ send: sendCancel, place, hidden: { orderId } }}
      kind="danger"
      button="Cancel the order"
      pending="Cancelling"
      beside={
        <ButtonLink kind="quiet" href={back}>
          Keep it
        </ButtonLink>
      }
    />
  );
}
