import "server-only";
import { headers } from "next/headers";

/** This page's nonce, for a <style> or <script> of our own. Undefined where proxy.ts did not run. */
export async function pageNonce(): Promise<string | undefined> {
  return (await headers()).get("x-nonce") ?? undefined;
}
