/** One signed POST to an app's endpoint (xero-platform.md 4). */
import { createHmac, randomBytes } from "node:crypto";

const deadlineMs = 5000;

/** Twenty capital letters: makes equal deliveries differ. */
export const entropy = () =>
  Array.from(randomBytes(20), (byte) => String.fromCharCode(65 + (byte % 26))).join("");

export const sign = (body: string, key: string) => createHmac("sha256", key).update(body).digest("base64");

/** The status answered within five seconds; 0 when none was. Redirects are not followed. */
export async function post(url: string, body: string, signature: string): Promise<number> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-xero-signature": signature,
        "user-agent": "Xero-Webhooks",
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(deadlineMs),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
