import type { PaymentPlace } from "../../load-payment.ts";
import { asFile, loadEvidence } from "../evidence-file.ts";

/** The evidence of a payment for programs. */
export async function GET(_: Request, { params }: { params: Promise<PaymentPlace> }): Promise<Response> {
  const { evidence, name } = await loadEvidence(await params);
  const type = "application/json; charset=utf-8";
  return asFile(JSON.stringify(evidence, null, 2), { name: `${name}.json`, type });
}
