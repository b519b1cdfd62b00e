"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm } from "#app/door/action-form.tsx";
import { sendRevocation } from "./actions.ts";

export function RevokeForm({ place, keyId, name }: { place: Place; keyId: string; name: string }) {
  return (
    <ActionForm
      send={sendRevocation}
      place={place}
      hidden={{ keyId }}
      button={`Revoke the key of ${name}`}
      pending="Revoking"
      kind="danger"
      opens="Revoke"
    >
      <p>What uses it is refused from the next request on. This can't be undone; make a new key first.</p>
    </ActionForm>
  );
}
