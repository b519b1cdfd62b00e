import { z } from "zod";
import { Problem, type ProblemCode } from "#app/door/api/problems.ts";
import { toDecimal } from "#lib/core/money/money.ts";
import type { Accepted } from "#lib/orders/accept/accept-orders.ts";
import type { OrderFault } from "#lib/orders/faults.ts";
import { ORDER_STATES } from "#lib/orders/order-state.ts";
import type { OrderDocument, OrderView } from "#lib/orders/read.ts";
import { invoiceAtXero } from "#lib/xero/organisations/deep-links.ts";

/** In major units, as text. */
export const amount = z.string().meta({ example: "132.00" });

const faults = z.array(
  z.strictObject({
    code: z
      .string()
      .meta({ description: "Stable; each has a page under /problems.", example: "account-archived" }),
    pointer: z.string().meta({ description: "JSON Pointer into what was sent.", example: "#/lines/0/kind" }),
    detail: z.string(),
    found: z.string().meta({
      description: "body, limits, mapping, chart, contact, lock-date or xero; more may be added.",
      example: "chart",
    }),
  }),
);

/** An order, as every call answers it. */
export const orderAnswer = z
  .strictObject({
    id: z.uuid(),
    source: z.string().meta({ example: "till" }),
    number: z.string().meta({ example: "W-10234" }),
    revision: z.int().meta({ description: "0 where none was sent." }),
    state: z.enum(ORDER_STATES).meta({
      description:
        "held: it waits for the firm's staff, see faults. queued, sending, checking: on its way. written: in Xero. refused: Xero said no to a part of it, also of one that was cancelled. More may be added.",
    }),
    date: z.iso.date().meta({ example: "2026-11-30" }),
    currency: z.string().meta({ example: "AUD" }),
    total: amount.meta({ description: "With tax. 0 of one that is held and whose total can't be told yet." }),
    buyer: z.string().meta({ description: "The contact's name." }),
    receivedAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
    documents: z.array(
      z.strictObject({
        kind: z.enum(["invoice", "purchase_order", "order_credit"]),
        reference: z.string().meta({ description: "In its Reference in Xero.", example: "CF-2345ABCDEF" }),
        number: z.string().nullable().meta({ description: "Null where Xero gives it." }),
        state: z.string().meta({
          description:
            "queued, sending, checking, written; refused: Xero said no to it, or to voiding or deleting it; taken-back: voided or deleted in Xero, or about to be.",
          example: "written",
        }),
        total: amount,
        xeroId: z.string().nullable().meta({ description: "Xero's id, once it is there." }),
        url: z.string().nullable().meta({ description: "Opens it in Xero." }),
        payLink: z.string().nullable().meta({
          description:
            "Of an invoice: where the client pays it. Null for one that owes nothing or that Xero numbers.",
        }),
        email: z.string().nullable().meta({
          description:
            "Of an invoice that Xero e-mails: queued, sending, checking, written (sent), refused, or ended: it was not sent, or by staff.",
        }),
        message: z.string().nullable().meta({ description: "Why it waits, or why Xero refused it." }),
        nextTry: z.iso.datetime().nullable().meta({ description: "When it is tried next." }),
      }),
    ),
    attachments: z.array(
      z.strictObject({
        fileName: z.string(),
        bytes: z.int(),
        state: z.string().meta({
          description:
            "queued, sending, checking, written, refused, or ended: it did not go, or staff have put it there. Of a held order queued.",
          example: "written",
        }),
        message: z.string().nullable().meta({ description: "Why it waits, or why Xero refused it." }),
      }),
    ),
    faults,
  })
  .meta({ id: "Order" });

type AtXero = { shortCode: string; tenantId: string };

const WORDS: Record<OrderDocument["state"], string> = {
  ready: "queued",
  sending: "sending",
  unknown: "checking",
  done: "written",
  by_hand: "written",
  refused: "refused",
};

/** The same of what goes with an invoice: what staff or a cancellation have ended did not go by us. */
const WENT: Record<OrderDocument["state"], string> = { ...WORDS, by_hand: "ended" };

export function inAnswer(order: OrderView, atXero: AtXero): z.input<typeof orderAnswer> {
  const { id, source, number, revision, state, date, currency, totalMinor, buyer, receivedAt, changedAt } =
    order;
  return {
    ...{ id, source, number, revision, state, date, currency, buyer },
    total: toDecimal({ minor: totalMinor, currency }),
    receivedAt: receivedAt.toISOString(),
    changedAt: changedAt.toISOString(),
    documents: order.documents.map((one) => documentInAnswer(one, { currency, atXero })),
    attachments: order.attachments.map(({ fileName, bytes, went }) => ({
      ...{
        fileName,
        bytes,
        state: went ? WENT[went.state] : order.state === "cancelled" ? "ended" : "queued",
      },
      message: went ? whyNot(went) : null,
    })),
    faults: order.faults.map(faultInAnswer),
  };
}

/** Why it waits, or why Xero refused it; null for what is there. */
function whyNot({
  cause,
  state,
  message,
}: Pick<OrderDocument, "cause" | "state" | "message">): string | null {
  if (cause) return `${cause.title}. ${message ?? ""}`.trim();
  return state === "done" ? null : message;
}

function documentInAnswer(
  document: OrderDocument,
  { currency, atXero }: { currency: string; atXero: AtXero },
) {
  const { documentKind: kind, reference, state, totalMinor, xeroId, takenBackAt, refusals } = document;
  const refused = state === "refused" ? document : refusals[0];
  const isToStay = refusals.some(({ kind: refusedStep }) => refusedStep === "removal");
  const number = (document.body as { number?: string | null } | null)?.number ?? null;
  const waits = state === "ready" || state === "unknown" ? document : refused;
  return {
    ...{
      kind,
      reference,
      number,
      xeroId,
      state: isToStay ? "refused" : takenBackAt ? "taken-back" : WORDS[state],
    },
    total: toDecimal({ minor: totalMinor, currency }),
    url:
      xeroId && kind === "invoice"
        ? invoiceAtXero(atXero, { invoiceId: xeroId, number: number ?? reference })
        : null,
    payLink: kind === "invoice" && !takenBackAt ? linkIn(document) : null,
    email: document.email ? WENT[document.email.state] : null,
    message: whyNot(refused ? { ...refused, state: "refused" } : document),
    nextTry: waits?.dueAt.toISOString() ?? null,
  };
}

/** Where an invoice can be paid, as it says itself. */
function linkIn({ body }: Pick<OrderDocument, "body">): string | null {
  return (body as { url?: string | null } | null)?.url ?? null;
}

function faultInAnswer({ code, pointer, detail, found }: OrderFault) {
  return { code, pointer, detail, found };
}

/** Why an order was not taken, as a problem; `at`: what its pointers begin with, "#" when it was sent alone. */
export function refusal(accepted: Exclude<Accepted, { kind: "taken" }>, at = "#"): Problem {
  switch (accepted.kind) {
    case "refused":
      return faultsProblem("order-faults", [{ faults: accepted.faults, at }]);
    case "conflict": {
      const { kept, sentHash, orderId } = accepted;
      const detail = `The order ${orderId} is here at revision ${kept.revision} with the content ${kept.contentHash}; you sent ${sentHash}.`;
      return new Problem("revision-conflict", detail);
    }
    case "written":
      return new Problem("order-written", accepted.detail);
    case "under-way":
      return underWay();
    case "being-paid":
      return beingPaid();
    case "not-taken":
      return new Problem("batch-faults", "Another order of the batch keeps all from being taken.");
  }
}

/** A document may be in Xero already, or not: the same question gets another answer in a few seconds. */
export function underWay(): Problem {
  return new Problem("order-under-way", "A document of the order is on its way to Xero.", { retryAfter: 5 });
}

/** A payer's card takes minutes, a bank debit days: no moment can be named, so ask now and then. */
export function beingPaid(): Problem {
  return new Problem("order-being-paid", "A client is paying its invoice at this moment.", {
    retryAfter: 60,
  });
}

/** All faults of one or several orders, their pointers made to lead into what was sent. */
export function faultsProblem(code: ProblemCode, orders: { faults: OrderFault[]; at: string }[]): Problem {
  const listed = orders.flatMap(({ faults, at }) =>
    faults.map((fault) => ({ ...faultInAnswer(fault), pointer: fault.pointer.replace("#", at) })),
  );
  return new Problem(code, `${listed.length === 1 ? "One thing is" : `${listed.length} things are`} wrong.`, {
    faults: listed,
  });
}
