import { createHmac } from "node:crypto";

/** `t` is real time: the receiver compares it with its own clock, which no control here can move. */
export function signatureHeader(body: string, secret: string): string {
  const t = Math.floor(Date.now() / 1000);
  const v1 = createHmac("sha256", secret).update(`${t}.${body}`).digest("hex");
  return `t=${t},v1=${v1}`;
}
