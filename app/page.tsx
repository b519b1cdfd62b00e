import type { Route } from "next";
import { redirect } from "next/navigation";
import { currentActor } from "#app/door/actor.ts";
import { db } from "#lib/core/db.ts";
import { listMyFirms } from "#lib/firms/read.ts";

/** No page of its own: to the only firm, or the list of them, or sign-in. */
export default async function FrontDoor() {
  const actor = await currentActor();
  if (!actor) redirect("/sign-in");
  const [only, ...others] = await listMyFirms(db(), actor);
  if (only && others.length === 0) redirect(`/firms/${only.companySlug}/${only.firmSlug}` as Route);
  redirect("/firms" as Route);
}
