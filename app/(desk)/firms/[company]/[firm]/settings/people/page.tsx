import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { listMembers, type MemberRow } from "#lib/firms/read.ts";
import { may } from "#lib/firms/rules.ts";
import { AddForm } from "./add-form.tsx";
import { type Card, MemberCard } from "./member-card.tsx";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ params }: { params: Promise<Place> }) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "people");
  const members = await listMembers(db(), firm);
  const settings = { href: `/firms/${place.company}/${place.firm}/settings`, label: "Settings" };
  return (
    <>
      <PageTitle title="People" back={settings} />
      <div>
        <Section id="members" title="Who works here" intro={<p>At least one owner always stays.</p>}>
          <ul className="border-line border-t">
            {members.map((member) => (
              <MemberCard key={member.membershipId} place={place} card={cardOf(firm, member)} />
            ))}
          </ul>
        </Section>
        <Section
          id="add"
          title="Add a person"
          intro={<p>They get a link by e-mail and set their own password with it.</p>}
        >
          <AddForm
            place={place}
            firmName={firm.firmName}
            companyName={may(firm, "company") ? firm.companyName : null}
          />
        </Section>
      </div>
    </>
  );
}

/** Only what the browser needs: props of a client part are sent to it. */
function cardOf(firm: FirmContext, { membershipId, name, email, role, state, on }: MemberRow): Card {
  const where = on === "company" ? `All firms of ${firm.companyName}` : firm.firmName;
  return {
    membershipId,
    name,
    email,
    role,
    state,
    where,
    isMine: may(firm, on === "company" ? "company" : "people"),
  };
}
