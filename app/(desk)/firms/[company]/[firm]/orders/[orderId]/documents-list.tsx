import type { Place } from "#app/door/action.ts";
import { ExternalLink } from "#components/external-link.tsx";
import { longText } from "#components/long-text.ts";
import { MoneyText } from "#components/money-text.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { OrderDocument } from "#lib/orders/read.ts";
import { numberOf } from "#lib/orders/staff/read-for-staff.ts";
import { type BooksAtXero, invoiceAtXero } from "#lib/xero/organisations/deep-links.ts";
import { RetryForm } from "../../to-do/retry-form.tsx";
import { WentWithItem } from "./went-with.tsx";

const KINDS = { invoice: "Invoice", purchase_order: "Purchase order", order_credit: "Credit note" } as const;

const STATES = {
  ready: { word: "On its way", tone: "busy" },
  sending: { word: "Being sent", tone: "busy" },
  unknown: { word: "Being checked", tone: "busy" },
  done: { word: "In Xero", tone: "ok" },
  by_hand: { word: "Done by hand", tone: "ok" },
  refused: { word: "Refused by Xero", tone: "danger" },
} as const satisfies Record<OrderDocument["state"], { word: string; tone: "ok" | "busy" | "danger" }>;

const TAKEN_BACK = { word: "Taken back", tone: "quiet" } as const;

type DocumentsListProps = {
  place: Place;
  where: { country: string; timeZone: string };
  books: BooksAtXero;
  currency: string;
  documents: OrderDocument[];
  /** The invoice's number where Xero gave it. */
  invoiceNumber: string | null;
  mayAct: boolean;
};

/** What an order became: each document, where it stands, and the way to it in Xero. */
export function DocumentsList(props: DocumentsListProps) {
  return (
    <ul className="border-line border-t">
      {props.documents.map((document) => (
        <DocumentItem key={document.documentId} {...props} document={document} />
      ))}
    </ul>
  );
}

function DocumentItem(props: DocumentsListProps & { document: OrderDocument }) {
  const { place, where, books, currency, document, invoiceNumber, mayAct } = props;
  const {
    documentKind,
    state,
    takenBackAt,
    reference,
    totalMinor: minor,
    xeroId,
    message,
    cause,
    refusals,
  } = document;
  const { tone, word } = refusals.length > 0 ? STATES.refused : takenBackAt ? TAKEN_BACK : STATES[state];
  const isInvoice = documentKind === "invoice";
  const number = numberOf(document) ?? (isInvoice && !takenBackAt ? invoiceNumber : null);
  const title = `${KINDS[documentKind]}${number ? ` ${number}` : ""}`;
  return (
    <li className="grid gap-1 border-line border-b py-3">
      <p className="flex flex-wrap justify-between gap-x-6 font-semibold">
        <span className={longText(title)}>
          {isInvoice && xeroId ? (
            <ExternalLink href={invoiceAtXero(books, { invoiceId: xeroId, number: number ?? reference })}>
              {title}
            </ExternalLink>
          ) : (
            title
          )}
        </span>
        <MoneyText money={{ minor, currency }} />
      </p>
      <p className="flex flex-wrap gap-x-6">
        <StatusWord tone={tone}>{word}</StatusWord>
        <span className="text-muted text-sm">Reference {reference}</span>
      </p>
      {takenBackAt && !refusals.some(({ kind }) => kind === "removal") && (
        <p className="text-muted text-sm">
          Voided or deleted in Xero, or about to be, since {formatInstant(takenBackAt, where)}.
        </p>
      )}
      {state === "refused" && cause && (
        <Refusal {...{ place, mayAct, message, cause, postingId: document.postingId }} />
      )}
      {document.email && (
        <WentWithItem place={place} what="E-mail by Xero" went={document.email} mayAct={mayAct} />
      )}
      {refusals.map(({ postingId, kind, words, ...refusal }) => (
        <div key={postingId} className="grid gap-1">
          <p>
            {kind === "removal" ? "It is to be voided or deleted in Xero." : `${words} ${refusal.reference}.`}
          </p>
          <Refusal {...{ place, mayAct, postingId, ...refusal }} />
        </div>
      ))}
      {state !== "refused" && message && <p className="wrap-anywhere text-sm">{message}</p>}
    </li>
  );
}

type RefusalProps = {
  place: Place;
  mayAct: boolean;
  postingId: string;
  message: string | null;
  cause: { title: string; fix: string };
};

/** Why Xero refused it, and what can be done. */
function Refusal({ place, mayAct, postingId, message, cause: { title, fix } }: RefusalProps) {
  return (
    <>
      <p>{title}.</p>
      <p className="text-muted text-sm">{fix}</p>
      <p>
        Xero says: <q>{message}</q>
      </p>
      {mayAct && <RetryForm place={place} postingId={postingId} />}
    </>
  );
}
