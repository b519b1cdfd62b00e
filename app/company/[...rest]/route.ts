import { oldLink } from "../../pay/old-link.ts";

/** The old path without its first part: /company/quickfee/firm/demo/invoiceNo/INV-2009/amount/2200.00 */
export async function GET(request: Request): Promise<Response> {
  return oldLink(request.url);
}
