"use client";

import type { ReactNode } from "react";
import type { Place } from "#app/door/action.ts";
import { FormAnswer } from "#app/door/action-form.tsx";
import { useActionForm } from "#app/door/use-action-form.ts";
import { buttonClass } from "#components/forms/button-class.ts";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";

import { sendRemoval, sendRenewLink, sendRole } from "./actions.ts";
import { ROLE_OPTIONS, ROLE_WORDS } from "./role-words.ts";

export type Card = {
  membershipId: string;
  name: string;
  email: string;
  role: "owner" | "staff" | "viewer";
  state: "active" | "invited" | "disabled";
  /** "Demo Accountants", or "All firms of QuickFee". */
  where: string;
  /** Whether the asker may change this role. */
  isMine: boolean;
};

const STATE_WORDS = { active: "", invited: "Invited, no password yet", disabled: "Disabled" };

export function MemberCard({ place, card }: { place: Place; card: Card }) {
  const { name, email, role, state, where } = card;
  return (
    <li className="grid gap-1 border-line border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <p>
          <span className="font-semibold">{name}</span>
          <span className="block text-muted text-sm">{email}</span>
        </p>
        <p className="text-sm sm:text-right">
          {ROLE_WORDS[role]} · {where}
          {STATE_WORDS[state] && <span className="block text-muted">{STATE_WORDS[state]}</span>}
        </p>
      </div>
      {card.isMine && <Changes place={place} card={card} />}
    </li>
  );
}

type FormProps = { place: Place; card: Card };

function Changes({ place, card }: FormProps) {
  const role = useActionForm(sendRole, place);
  const link = useActionForm(sendRenewLink, place);
  const removal = useActionForm(sendRemoval, place);
  // Without JavaScript the page comes anew, and what a form says must not be folded away.
  const hasAnswer = [role, link, removal].some(({ state }) => state.status !== "idle");
  return (
    <details open={hasAnswer}>
      <summary className="plain inline-flex min-h-11 items-center text-accent text-sm underline underline-offset-4">
        Change<span className="sr-only"> {card.name}</span>
      </summary>
      <div className="grid gap-6 border-line border-l-2 py-2 pl-4">
        <MemberForm asked={role} card={card}>
          <Select
            id={`role-${card.membershipId}`}
            name="role"
            label="Role"
            options={ROLE_OPTIONS}
            defaultValue={card.role}
            error={role.errorAt("role")}
          />
          <SubmitButton kind="quiet" pending="Saving">
            Save role
          </SubmitButton>
        </MemberForm>
        {card.state !== "disabled" && (
          <MemberForm asked={link} card={card}>
            <SubmitButton kind="quiet" pending="Sending">
              E-mail a link to set a password
            </SubmitButton>
          </MemberForm>
        )}
        <details open={removal.state.status === "error"}>
          <summary className={`plain ${buttonClass("danger")}`}>Remove</summary>
          <div className="pt-4">
            <MemberForm asked={removal} card={card}>
              <p>
                {card.name} loses access to {card.where} at once. What they did stays on record.
              </p>
              <SubmitButton kind="danger" pending="Removing">
                {`Remove ${card.name}`}
              </SubmitButton>
            </MemberForm>
          </div>
        </details>
      </div>
    </details>
  );
}

type MemberFormProps = { asked: ReturnType<typeof useActionForm>; card: Card; children: ReactNode };

function MemberForm({ asked: { state, form }, card, children }: MemberFormProps) {
  return (
    <form {...form} className="grid max-w-md justify-items-start gap-3 *:max-w-full">
      <FormAnswer state={state} />
      <input type="hidden" name="membershipId" value={card.membershipId} />
      {children}
    </form>
  );
}
