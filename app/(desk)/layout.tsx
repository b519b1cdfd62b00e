import type { ReactNode } from "react";
import { requireActor } from "#app/door/actor.ts";

/** The desk is for people who are signed in. Each page below asks again for itself: a layout guards nothing. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  await requireActor();
  return children;
}
