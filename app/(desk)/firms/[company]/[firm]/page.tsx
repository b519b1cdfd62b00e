import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { PageTitle } from "#components/page-title.tsx";
import { TestBanner } from "#components/test-banner.tsx";
import { CameIn } from "./home/came-in.tsx";
import { Connected } from "./home/connected.tsx";
import { NeedsYou } from "./home/needs-you.tsx";
import { Outstanding } from "./home/outstanding.tsx";
import { loadHome } from "./load-home.ts";

export const metadata: Metadata = { title: "Home" };

/** Four questions from top to bottom: is it connected, what needs attention, what came in, what is still owed. */
export default async function HomePage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "see");
  const home = await loadHome(firm);
  return (
    <>
      {home.testMode?.isAllowed && (
        <TestBanner>
          Test payments are on: no money is taken, and invoices are marked as paid in{" "}
          {home.testMode.organisations.join(", ")}.
        </TestBanner>
      )}
      <PageTitle title={firm.firmName} />
      <div>
        <Connected place={place} home={home} />
        <NeedsYou place={place} needs={home.needs} />
        <CameIn place={place} home={home} />
        <Outstanding home={home} />
      </div>
    </>
  );
}
