import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { FrontPage } from "#app/sign-in/front-page.tsx";
import { db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { needsSetUp } from "#lib/people/read.ts";
import { SetUpForm } from "./setup-form.tsx";

export const metadata: Metadata = { title: "Set up" };

/** There only while nobody is: afterwards it leads to sign-in. */
export default async function SetUpPage() {
  await connection();
  if (!(await needsSetUp(db()))) redirect("/sign-in");
  return (
    <FrontPage title="Set up this desk" lead="Done once. More firms and people can be added afterwards.">
      <SetUpForm origin={env().PUBLIC_ORIGIN} />
    </FrontPage>
  );
}
