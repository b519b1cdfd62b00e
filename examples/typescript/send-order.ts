/**
 * Sends an order, and says what became of it. Node 24 runs it as it is:
 * COUNTERFOIL_URL=https://pay.example.com/api/v1 COUNTERFOIL_KEY=cfk_… node examples/typescript/send-order.ts W-10234
 */
import { type OrderToSend, Refused, sendOrder } from "./client.ts";

const { COUNTERFOIL_URL: url = "", COUNTERFOIL_KEY: key = "" } = process.env;
const [, , number = "", currency = "AUD"] = process.argv;

const order: OrderToSend = {
  source: "till",
  number,
  currency,
  amounts: "exclusive",
  buyer: { person: { name: "Robin Vale", email: "robin@example.com" } },
  lines: [{ kind: "Hire", description: "Scaffold tower, 3 days", quantity: "3", unitPrice: "40.00" }],
};

try {
  const { state, documents, faults } = await sendOrder({ url, key }, order);
  console.log(`${number}: ${state}`);
  for (const { kind, number: named, total } of documents) console.log(`  ${kind} ${named}, ${total}`);
  // It was taken, and goes by itself once the firm's staff have mended these.
  for (const { pointer, detail } of faults) console.log(`  ${pointer}: ${detail}`);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.log(`${number}: ${error.problem.title}`);
  for (const { pointer, detail } of error.problem.errors ?? []) console.log(`  ${pointer}: ${detail}`);
  process.exitCode = 1;
}
