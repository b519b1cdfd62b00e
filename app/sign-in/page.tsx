import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { currentActor } from "#app/door/actor.ts";
import { safeNext } from "#app/door/next-path.ts";
import { Notice } from "#components/notice.tsx";
import { db } from "#lib/core/db.ts";
import { needsSetUp } from "#lib/people/read.ts";
import { FrontPage } from "./front-page.tsx";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const next = safeNext(query.next);
  if (await currentActor()) redirect((next ?? "/") as Route);
  if (await needsSetUp(db())) redirect("/setup");
  return (
    <FrontPage title="Sign in" lead="The payment desk, for staff. To pay an invoice, use the link on it.">
      {query["signed-out"] !== undefined && <Notice tone="ok">You are signed out.</Notice>}
      <SignInForm next={next} />
      <p className="text-muted text-sm">
        Forgotten your password, or no account yet? An owner of your firm can send you a link by e-mail.
      </p>
    </FrontPage>
  );
}
