import { type Html, html, page } from "../core/html.ts";
import { text } from "../core/reply.ts";
import type { Res, Route } from "../core/types.ts";
import { getMessage, listMessages, type Message } from "./messages.ts";

const BRAND = "Mailbox";
const SHOWN = 200;

/** Mail may not load or run anything; its links open in the whole window. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'";

const asTime = (at: string) => html`<time datetime="${at}">${at.replace("T", " ").slice(0, 19)}</time>`;

function listPage(messages: Message[], to: string): Res {
  const rows = messages
    .slice(0, SHOWN)
    .map(
      ({ id, at, from, to, subject }) =>
        html`<tr><td>${asTime(at)}</td><td>${to.join(", ")}</td><td><a href="/mail/${id}">${subject || "(no subject)"}</a></td><td class="soft">${from}</td></tr>`,
    );
  return page({
    title: "Mail",
    brand: BRAND,
    width: "wide",
    body: html`<h1>Mail</h1>
<form class="row" method="get" action="/mail"><div><label for="to">To</label><input id="to" name="to" value="${to}"></div><button>Filter</button></form>
${
  rows.length === 0
    ? html`<p class="card">No mail${to && ` to “${to}”`} yet.</p>`
    : html`<div class="card scroll"><table><thead><tr><th scope="col">Received (UTC)</th><th scope="col">To</th><th scope="col">Subject</th><th scope="col">From</th></tr></thead><tbody>${rows}</tbody></table></div>`
}`,
  });
}

/** Plain text with its addresses made into links. */
function linked(body: string): Html[] {
  return body
    .split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'])/)
    .map((part, at) => (at % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));
}

function messagePage(message: Message): Res {
  const { at, from, to, subject, headers, attachments } = message;
  return page({
    title: subject || "(no subject)",
    brand: BRAND,
    width: "wide",
    headers: { "content-security-policy": CONTENT_POLICY },
    body: html`<p><a href="/mail">All mail</a></p><h1>${subject || "(no subject)"}</h1>
<dl class="card"><dt>From</dt><dd>${from}</dd><dt>To</dt><dd>${to.join(", ")}</dd><dt>Received (UTC)</dt><dd>${asTime(at)}</dd>
${attachments.map(({ name, type, bytes }) => html`<dt>Attached</dt><dd>${name} (${type}, ${bytes} bytes)</dd>`)}</dl>
${message.html !== null && html`<h2>As it looks</h2><iframe title="The message as it looks" sandbox="allow-top-navigation-by-user-activation" srcdoc="${`<base target="_top">${message.html}`}" style="width:100%;height:34rem;border:1px solid var(--line);border-radius:10px;background:#fff"></iframe>`}
${message.text !== null && html`<h2>Text</h2><div class="card"><pre>${linked(message.text)}</pre></div>`}
<details class="card"><summary>All headers</summary><dl>${headers.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></details>`,
  });
}

export const pageRoutes: Route[] = [
  {
    method: "GET",
    pattern: "/mail",
    handler: (req, world) => {
      const to = req.url.searchParams.get("to") ?? "";
      return listPage(listMessages(world, { to }), to);
    },
  },
  {
    method: "GET",
    pattern: "/mail/:id",
    handler: (req, world) => {
      const message = getMessage(world, Number(req.params.id));
      return message ? messagePage(message) : text("No such message", 404);
    },
  },
];
