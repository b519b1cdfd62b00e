import { createHmac } from "node:crypto";

/** `t` is real time, which the receiver's clock shows too, and how far Stripe's is ahead of that, in seconds. */
export function signatureHeader(body: string, secret: string, skew: number): string {
  const t = Math.floor(Date.now() / 1000) + skew;
  const v1 = createHmac("sha256", secret).update(`${t}.${body}`).digest("hex");
  return `t=${t},v1=${v1}`;
}
