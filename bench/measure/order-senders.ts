/** Systems that send orders to the desk, and one that sends them to Xero itself. */
import { quantile } from "./numbers.ts";

export type OrderBench = { connectionId: string; keys: string[]; contactIds: string[]; currency: string };

let sent = 0;

/** An order of three lines for one of the contacts, 132.00 with tax where that is ten per cent. */
export function nextOrder({ contactIds, currency }: OrderBench, { isPaid }: { isPaid: boolean }) {
  sent += 1;
  const lines = ["Hire", "Delivery", "Cleaning"].map((kind) => ({
    ...{ kind, description: `${kind} of order ${sent}`, quantity: "2", unitPrice: "20.00" },
  }));
  return {
    ...{ source: "bench", number: `B-${sent}`, currency, amounts: "exclusive", lines },
    buyer: { contactId: contactIds[sent % contactIds.length] },
    ...(isPaid ? { payments: [{ tender: "Card", amount: "132.00" }] } : {}),
  };
}

export type Sending = { perSecond: number; p50Ms: number; p99Ms: number; answers: Record<number, number> };

/** So many senders, each with its own key, one request after the other; `body` makes each request's. */
export async function sendAll(
  url: string,
  {
    keys,
    senders,
    requests,
    body,
  }: { keys: string[]; senders: number; requests: number; body: () => object },
): Promise<Sending> {
  const timesMs: number[] = [];
  const answers: Record<number, number> = {};
  let left = requests;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: senders }, async () => {
      while (left > 0) {
        left -= 1;
        const key = keys[left % keys.length];
        const asked = performance.now();
        const answer = await fetch(url, {
          method: "POST",
          headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
          body: JSON.stringify(body()),
        });
        await answer.arrayBuffer();
        timesMs.push(performance.now() - asked);
        answers[answer.status] = (answers[answer.status] ?? 0) + 1;
      }
    }),
  );
  const perSecond = timesMs.length / ((performance.now() - began) / 1_000);
  return { perSecond, p50Ms: quantile(timesMs, 0.5), p99Ms: quantile(timesMs, 0.99), answers };
}
