import { connection } from "next/server";

/** The floor: what Next, the root layout and proxy.ts cost for a page that says one thing and asks nobody. */
export default async function EmptyPage() {
  await connection();
  return <p>An empty page.</p>;
}
