import { setTimeout as rest } from "node:timers/promises";
import type { components } from "./api.ts";

export type OrderToSend = components["schemas"]["OrderToSend"];
export type AcceptedOrder = components["schemas"]["AcceptedOrder"];
export type Problem = components["schemas"]["Problem"];

/** The desk did not take the order as it is; `problem.errors` says all that has to be mended, and where. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export type Desk = { url: string; key: string };

/** How often an order is sent before we give up: its name makes it safe to send it again. */
const TRIES = 5;

/**
 * Sends an order and waits up to ten seconds until it is in Xero. What may succeed by itself, a broken connection too, is tried
 * again. Throws Refused where a person has to mend something first.
 */
export async function sendOrder(desk: Desk, order: OrderToSend): Promise<AcceptedOrder> {
  for (let nth = 1; ; nth += 1) {
    const answer = await post(desk, order).catch((error: unknown) => {
      if (nth === TRIES) throw error;
      return null;
    });
    if (answer?.ok) return (await answer.json()) as AcceptedOrder;
    if (answer) {
      const problem = (await answer.json()) as Problem;
      if (problem.retry === "after-fix" || nth === TRIES) throw new Refused(problem);
    }
    await rest(1_000 * Number(answer?.headers.get("retry-after") ?? nth));
  }
}

function post({ url, key }: Desk, order: OrderToSend): Promise<Response> {
  return fetch(`${url}/orders`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", prefer: "wait=10" },
    body: JSON.stringify(order),
  });
}
