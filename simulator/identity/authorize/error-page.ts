import { html, page } from "../../core/html.ts";
import type { Res } from "../../core/types.ts";
import type { AuthorizeProblem } from "./authorize-request.ts";

/** Xero answers a request it can't trust here, and sends nobody back to the app. */
export function errorPage({ error, detail }: AuthorizeProblem): Res {
  return page({
    title: "Sorry, something went wrong",
    brand: "Xero",
    status: 400,
    body: html`<h1>Sorry, something went wrong</h1>
<div class="card"><p>Error: ${error}</p><p>${detail}</p></div>
<p class="soft">Go back to the app you came from and try again, or tell its maker what this page says.</p>`,
  });
}
