import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { Facts } from "#components/facts.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { longText } from "#components/long-text.ts";
import { MoneyText } from "#components/money-text.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { db } from "#lib/core/db.ts";
import { formatDate, formatInstant } from "#lib/core/text/date-words.ts";
import { orderLineInWords, orderTimeline } from "#lib/evidence/order-timeline.ts";
import { ORDER_WORDS } from "#lib/evidence/order-words.ts";
import { may } from "#lib/firms/rules.ts";
import { type UnclearPerson, unclearPersons } from "#lib/orders/held/choose-contact.ts";
import { leftToCredit, mayBeRewritten, type OrderStory } from "#lib/orders/staff/read-for-staff.ts";
import type { PayConnection } from "#lib/xero/organisations/pay-connections.ts";
import { TimelineSection } from "../../timeline-section.tsx";
import { DocumentsList } from "./documents-list.tsx";
import { DryRun } from "./dry-run.tsx";
import { FaultsList } from "./faults-list.tsx";
import { loadOrder, type OrderPlace, type Where } from "./load-order.ts";
import { ContactForm, TryForm } from "./order-forms.tsx";
import { SentAndGot } from "./sent-and-got.tsx";
import { WentWithItem } from "./went-with.tsx";

export const metadata: Metadata = { title: "Order" };

type Props = {
  params: Promise<OrderPlace>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** One order: what was sent, what keeps it or what Xero got, and all that happened to it. */
export default async function OrderPage({ params, searchParams }: Props) {
  const { orderId, ...place } = await params;
  const { done, look } = await searchParams;
  const { firm, order, books, where } = await loadOrder({ orderId, ...place }, "see");
  const [timeline, unclear] = await Promise.all([
    orderTimeline(db(), firm, order),
    unclearPersons(db(), firm, order),
  ]);
  const home = `/firms/${place.company}/${place.firm}`;
  const here = `${home}/orders/${order.id}`;
  const mayAct = may(firm, "act");
  const isHeld = order.state === "held";
  return (
    <>
      <PageTitle
        back={{ href: `${home}/orders`, label: "Orders" }}
        title={<span className={longText(order.number)}>{`Order ${order.number}`}</span>}
        lead={`From ${order.source}, ${formatInstant(order.receivedAt, where)}`}
      />
      {done === "cancelled" && (
        <Notice tone="ok">The order is cancelled. Xero follows within a minute.</Notice>
      )}
      {done === "credited" && (
        <Notice tone="ok">The credit note is kept. Xero follows within a minute.</Notice>
      )}
      <div>
        <AboutOrder {...{ place, order, books, where, here, mayAct }} />
        {isHeld && (
          <Section
            id="faults"
            title="What keeps it from Xero"
            intro={
              <p>Once this is mended it goes by itself, within five minutes. Nothing of it is in Xero.</p>
            }
          >
            <FaultsList firm={firm} books={books} faults={order.faults} />
            {mayAct && <ContactChoice {...{ place, order, unclear }} />}
            {mayAct && <TryForm place={place} orderId={order.id} button="Try again" />}
          </Section>
        )}
        {!isHeld && unclear.length > 0 && (
          <Section
            id="contact"
            title="Whom it is for"
            intro={unclear.map(({ key, detail }) => <p key={key}>{detail}</p>)}
          >
            {mayAct && <ContactChoice {...{ place, order, unclear }} />}
          </Section>
        )}
        {look === "now" && <DryRun {...{ firm, order, books, where }} />}
        <SentAndGot order={order} where={where} />
        {order.documents.length > 0 && (
          <Section id="documents" title="In Xero">
            <DocumentsList
              {...{ place, where, books, mayAct }}
              currency={order.currency}
              documents={order.documents}
              invoiceNumber={order.invoice?.number ?? null}
            />
            {mayAct && mayBeRewritten(order) && (
              <div className="grid gap-2">
                <p>
                  A document that was refused says the same when it is tried again. Where the mapping or the
                  settings were the reason, have it written anew by what they are now.
                </p>
                <TryForm place={place} orderId={order.id} button="Write it anew" />
              </div>
            )}
          </Section>
        )}
        {order.attachments.length > 0 && (
          <Section id="files" title="Files" intro={<p>They came with the order, and go on its invoice.</p>}>
            {order.attachments.map(({ id, fileName: what, went }) => (
              <WentWithItem key={id} {...{ place, what, went, mayAct }} />
            ))}
          </Section>
        )}
        <TimelineSection lines={timeline} inWords={orderLineInWords} where={where} />
      </div>
    </>
  );
}

type AboutOrderProps = {
  place: Place;
  order: OrderStory;
  books: PayConnection;
  where: Where;
  here: string;
  mayAct: boolean;
};

function AboutOrder({ order, books, where, here, mayAct }: AboutOrderProps) {
  const { state, cancelledAt, buyer, currency, totalMinor: minor, date, content, revisions } = order;
  const { tone, word } = ORDER_WORDS[state];
  return (
    <Section id="order" title="Order" result={<StatusWord tone={tone}>{word}</StatusWord>}>
      <Facts
        facts={[
          { label: "Buyer", value: <span className="wrap-anywhere">{buyer}</span> },
          {
            label: "Total",
            value:
              state === "held" && minor === 0n ? (
                "Known once nothing keeps it"
              ) : (
                <MoneyText money={{ minor, currency }} />
              ),
          },
          { label: "Dated", value: formatDate(date, where.country) },
          { label: "Organisation", value: books.organisationName },
          ...(cancelledAt ? [{ label: "Cancelled", value: formatInstant(cancelledAt, where) }] : []),
          ...(content.reference ? [{ label: "Reference", value: content.reference }] : []),
          ...(revisions.length > 1
            ? [{ label: "Revisions", value: <Revisions revisions={revisions} where={where} /> }]
            : []),
        ]}
      />
      <p className="flex flex-wrap gap-3">
        <ButtonLink kind="quiet" href={`${here}?look=now#dry-run`}>
          Dry run again
        </ButtonLink>
        {mayAct && leftToCredit(order) > 0n && (
          <ButtonLink kind="quiet" href={`${here}/credit`}>
            Credit…
          </ButtonLink>
        )}
        {mayAct && !cancelledAt && (
          <ButtonLink kind="quiet" href={`${here}/cancel`}>
            Cancel the order…
          </ButtonLink>
        )}
      </p>
    </Section>
  );
}

function Revisions({ revisions, where }: { revisions: OrderStory["revisions"]; where: Where }) {
  return (
    <ul>
      {revisions.map(({ revision, receivedAt, isByKey }) => (
        <li key={revision}>
          {revision}, {formatInstant(receivedAt, where)}
          {isByKey ? "" : ", by staff"}
        </li>
      ))}
    </ul>
  );
}

type ContactChoiceProps = { place: Place; order: { id: string }; unclear: UnclearPerson[] };

function ContactChoice({ place, order, unclear }: ContactChoiceProps) {
  return unclear.map(({ key, person, candidates }) => (
    <ContactForm
      key={key}
      {...{ place, orderId: order.id, personKey: key, name: person.name }}
      candidates={candidates.map(({ contactId, name, email }) => ({
        value: contactId,
        label: email ? `${name} (${email})` : name,
      }))}
    />
  ));
}
