import { html, page } from "../../core/html.ts";
import type { Res } from "../../core/types.ts";
import type { App } from "../apps/apps.ts";

/** An app whose tier has no connection left: Xero says so itself, and sends nobody back to the app. */
export function limitPage({ name }: App): Res {
  return page({
    title: "Connection limit reached",
    brand: "Xero",
    status: 403,
    body: html`<h1>Sorry! ${name} has reached their Xero connection limit</h1>
<p class="card">Please let them know so they can connect more Xero organisations.</p>`,
  });
}
