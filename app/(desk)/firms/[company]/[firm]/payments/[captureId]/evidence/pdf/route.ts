import { evidencePdf } from "#lib/evidence/evidence-pdf.ts";
import type { PaymentPlace } from "../../load-payment.ts";
import { asFile, loadEvidence } from "../evidence-file.ts";

/** The evidence of a payment for people. */
export async function GET(_: Request, { params }: { params: Promise<PaymentPlace> }): Promise<Response> {
  const { evidence, name, where } = await loadEvidence(await params);
  const pdf = await evidencePdf(evidence, where);
  return asFile(new Uint8Array(pdf), { name: `${name}.pdf`, type: "application/pdf" });
}
