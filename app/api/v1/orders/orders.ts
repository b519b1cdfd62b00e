import { z } from "zod";
import { operation } from "#app/door/api/operation.ts";
import { problemInside } from "#app/door/api/problem-schema.ts";
import { Problem } from "#app/door/api/problems.ts";
import { problemBody } from "#app/door/api/serve.ts";
import type { KeyCaller } from "#lib/api-keys/authenticate.ts";
import { db } from "#lib/core/db.ts";
import { shapeFaults } from "#lib/core/shape/shape-faults.ts";
import { type Accepted, acceptOrders, type Sender } from "#lib/orders/accept/accept-orders.ts";
import { waitForOrder } from "#lib/orders/accept/wait-for-order.ts";
import { orderBody } from "#lib/orders/order-body.ts";
import { ORDER_STATES } from "#lib/orders/order-state.ts";
import { findOrder, listOrders, type OrderView, readOrders } from "#lib/orders/read.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { faultsProblem, inAnswer, orderAnswer, refusal } from "./answers.ts";
import { cursorOf, positionOf } from "./cursor.ts";
import { rehearsal } from "./rehearsal-answer.ts";
import { rehearseOrders } from "./rehearse-orders.ts";

/** The most orders of a batch. */
const MOST_ORDERS = 500;
const MEGABYTE = 1024 * 1024;

const choices = z.strictObject({
  dryRun: z.enum(["true", "false"]).optional().meta({
    description:
      "true: the same checks and the exact documents, nothing kept and Xero not asked. A problem where live would hold it or refuse it.",
  }),
  onFault: z.enum(["hold", "refuse"]).optional().meta({
    description:
      "What becomes of an order with faults that the firm's staff can mend. hold, unless it is said: it is taken, and waits for them.",
  }),
});

const accepted = orderAnswer
  .extend({
    outcome: z
      .enum(["new", "same", "revised"])
      .meta({ description: "same: it was here, nothing was changed." }),
  })
  .meta({ id: "AcceptedOrder" });

export const postOrder = operation({
  method: "POST",
  path: "/orders",
  id: "postOrder",
  summary: "Send an order",
  description:
    "Creates an order, repeats it, or with a higher revision changes one that is held. The source and the number name it for ever: sent again, it is the same one, and Xero has its documents once. What is wrong with it is told all at once.",
  scope: "orders:write",
  query: choices,
  body: { schema: orderBody, mostBytes: MEGABYTE },
  mayWait: true,
  answers: {
    200: {
      description: "It was here already, or it was revised; or what a dry run found.",
      schema: z.union([accepted, rehearsal]),
      hasLocation: true,
    },
    201: {
      description: "It is in Xero: Prefer: wait was long enough.",
      schema: accepted,
      hasLocation: true,
    },
    202: { description: "It is kept: see its state.", schema: accepted, hasLocation: true },
  },
  problems: [
    "parameter-invalid",
    "body-unreadable",
    "body-too-large",
    "media-type-unsupported",
    "order-faults",
    "revision-conflict",
    "order-written",
    "order-under-way",
    "order-being-paid",
    "key-reused",
    "request-running",
  ],
  async run(caller, { query, sent, wait }) {
    const onFault = query.onFault ?? "hold";
    if (query.dryRun === "true") {
      const [foreseen] = await rehearseOrders(caller, [sent], onFault);
      if (!foreseen) throw new Error("An order was not looked at");
      if (foreseen instanceof Problem) throw foreseen;
      return { status: 200, body: foreseen };
    }
    const [one] = await acceptOrders(db(), senderOf(caller), [sent], { mode: "each", onFault });
    if (one?.kind !== "taken") throw refusal(one ?? { kind: "not-taken" });
    if (wait > 0) await waitForOrder(db(), { firmId: caller.firmId, orderId: one.orderId }, wait);
    const order = await needOrder(caller, one.orderId);
    const isNew = one.outcome === "new";
    const status = !isNew ? 200 : order.state === "written" ? 201 : 202;
    const body = { ...(await answerOf(caller))(order), outcome: one.outcome };
    return { status, body, headers: { location: `/api/v1/orders/${one.orderId}` } };
  },
});

const batchBody = z
  .strictObject({
    mode: z
      .enum(["each", "all"])
      .default("each")
      .meta({ description: "all: none is taken while one of them can't be." }),
    orders: z.array(orderBody).min(1).max(MOST_ORDERS),
  })
  .meta({ id: "Batch" });

/** What of a batch must be right before its orders are looked at one by one. */
const envelope = z.strictObject({
  mode: batchBody.shape.mode,
  orders: z.array(z.unknown()).min(1).max(MOST_ORDERS),
});

const each = z.strictObject({
  status: z.int().meta({ description: "As if the order had been sent alone." }),
  order: accepted.optional(),
  rehearsal: rehearsal.optional(),
  problem: problemInside.optional(),
});

export const postBatch = operation({
  method: "POST",
  path: "/orders/batch",
  id: "postOrders",
  summary: "Send up to 500 orders",
  description:
    "Each as POST /orders takes it, at most 4 MB together. Mode each answers 207 with an outcome an order, in their order, also when none was taken; mode all takes all of them or none.",
  scope: "orders:write",
  query: choices,
  body: { schema: batchBody, mostBytes: 4 * MEGABYTE },
  answers: {
    202: { description: "Mode all: all are kept.", schema: z.strictObject({ results: z.array(each) }) },
    207: { description: "Mode each, and dry runs.", schema: z.strictObject({ results: z.array(each) }) },
  },
  problems: [
    "parameter-invalid",
    "body-unreadable",
    "body-too-large",
    "media-type-unsupported",
    "batch-faults",
    "key-reused",
    "request-running",
  ],
  async run(caller, { query, sent }) {
    const { mode, orders } = envelopeOf(sent);
    const onFault = query.onFault ?? "hold";
    if (query.dryRun === "true") {
      const foreseen = await rehearseOrders(caller, orders, onFault);
      const results = foreseen.map((one) =>
        one instanceof Problem ? told(one) : { status: 200, rehearsal: one },
      );
      return { status: 207, body: { results } };
    }
    const all = await acceptOrders(db(), senderOf(caller), orders, { mode, onFault });
    if (mode === "all" && all.some(({ kind }) => kind !== "taken")) throw batchProblem(all);
    const ids = all.flatMap((one) => (one.kind === "taken" ? one.orderId : []));
    const views = await readOrders(db(), caller.firmId, ids);
    const inWords = await answerOf(caller);
    const results = all.map((one) => {
      if (one.kind !== "taken") return told(refusal(one));
      const view = views.get(one.orderId);
      if (!view) throw new Error("An order that was taken is not there");
      return { status: one.outcome === "new" ? 202 : 200, order: { ...inWords(view), outcome: one.outcome } };
    });
    return { status: mode === "all" ? 202 : 207, body: { results } };
  },
});

function envelopeOf(sent: unknown): z.output<typeof envelope> {
  const parsed = envelope.safeParse(sent);
  if (parsed.success) return parsed.data;
  const faults = shapeFaults(envelope, sent).map((fault) => ({ ...fault, found: "body" }));
  throw new Problem("batch-faults", "This is no batch.", { faults });
}

function told(problem: Problem) {
  const body = problemBody(problem);
  return { status: body.status, problem: body };
}

/** All that keeps a batch from being taken, as one problem. */
function batchProblem(all: Accepted[]): Problem {
  const faulty = all.flatMap((one, nth) =>
    one.kind === "refused" ? [{ faults: one.faults, at: `#/orders/${nth}` }] : [],
  );
  const other = all.flatMap((one, nth) =>
    one.kind === "taken" || one.kind === "refused" || one.kind === "not-taken"
      ? []
      : [
          {
            code: refusal(one).code,
            pointer: `#/orders/${nth}/number`,
            detail: refusal(one).message,
            found: "body",
          },
        ],
  );
  const { told: listed } = faultsProblem("batch-faults", faulty);
  const faults = [...(listed.faults ?? []), ...other];
  return new Problem("batch-faults", `${faults.length} things are wrong; none of the orders was taken.`, {
    faults,
  });
}

export const orderId = z.strictObject({ id: z.uuid("This is no id of an order.") });

export const getOrder = operation({
  method: "GET",
  path: "/orders/{id}",
  id: "getOrder",
  summary: "What became of an order",
  description: "The order as it is now, with its documents in Xero or what keeps them from it.",
  scope: "orders:write",
  params: orderId,
  answers: { 200: { description: "The order.", schema: orderAnswer } },
  problems: ["order-unknown", "parameter-invalid"],
  async run(caller, { path: { id } }) {
    return { status: 200, body: (await answerOf(caller))(await needOrder(caller, id)) };
  },
});

/** A name to look for: the database knows no text with a control character. */
const named = z
  .string()
  .max(100)
  .refine((name) => !/\p{Cc}/u.test(name), "It has characters that can't be shown.");

export const getOrders = operation({
  method: "GET",
  path: "/orders",
  id: "getOrders",
  summary: "Orders, those received last first",
  description:
    "With source and number the one that they name; else a page of all, of one source, or of one state.",
  scope: "orders:write",
  query: z.strictObject({
    source: named.optional(),
    number: named.optional(),
    state: z.enum(ORDER_STATES).optional(),
    after: z.string().optional().meta({ description: "next of the page before." }),
    limit: z
      .string()
      .regex(/^\d{1,3}$/, "This must be a whole number of at most 200.")
      .optional()
      .meta({ description: "At most 200; 50 unless it is said." }),
  }),
  answers: {
    200: {
      description: "A page.",
      schema: z.strictObject({
        orders: z.array(orderAnswer),
        next: z.string().nullable().meta({ description: "Where the next page begins; null after the last." }),
      }),
    },
  },
  problems: ["parameter-invalid"],
  async run(caller, { query: { after, limit: asked, ...filter } }) {
    const limit = Math.min(Math.max(Number(asked ?? 50), 1), 200);
    const found = await listOrders(db(), caller.firmId, {
      ...{ ...filter, connectionId: caller.connectionId, limit: limit + 1 },
      after: after === undefined ? undefined : positionOf(after),
    });
    const page = found.slice(0, limit);
    const inWords = await answerOf(caller);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { status: 200, body: { orders: page.map(inWords), next: last ? cursorOf(last) : null } };
  },
});

export function senderOf({ firmId, connectionId, keyId }: KeyCaller): Sender {
  return { firmId, connectionId, apiKeyId: keyId, actor: "worker" };
}

export async function needOrder({ firmId, connectionId }: KeyCaller, id: string): Promise<OrderView> {
  const order = await findOrder(db(), { firmId, connectionId }, id);
  if (!order) throw new Problem("order-unknown", `There is no order ${id}.`);
  return order;
}

export async function answerOf({
  connectionId,
}: KeyCaller): Promise<(order: OrderView) => z.input<typeof orderAnswer>> {
  const connection = await payConnection(db(), connectionId);
  if (!connection) throw new Error("A key's connection is not there");
  return (order) => inAnswer(order, connection);
}
