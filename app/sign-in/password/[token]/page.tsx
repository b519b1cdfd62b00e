import type { Metadata } from "next";
import { FrontPage } from "#app/sign-in/front-page.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { db } from "#lib/core/db.ts";
import { findPasswordLink } from "#lib/people/password-links.ts";
import { PasswordForm } from "./password-form.tsx";

export const metadata: Metadata = { title: "Set a password" };

type Props = { params: Promise<{ token: string }> };

/** Opening the link uses nothing up: mail scanners open links too. Only setting the password does. */
export default async function PasswordPage({ params }: Props) {
  const { token } = await params;
  const person = await findPasswordLink(db(), token);
  if (!person) {
    return (
      <FrontPage
        title="This link no longer works"
        lead="It was used already, or its three days are over. Ask the owner who sent it for a new one."
      >
        <div>
          <ButtonLink href="/sign-in" kind="quiet">
            Sign in
          </ButtonLink>
        </div>
      </FrontPage>
    );
  }
  return (
    <FrontPage title="Set a password" lead={`${person.name}, you will sign in as ${person.email}.`}>
      <PasswordForm link={token} email={person.email} />
    </FrontPage>
  );
}
