/** The control room for people; each form posts to the JSON API's own address. */

import { listFaults } from "../core/faults.ts";
import { type Html, html, page } from "../core/html.ts";
import { ODD_ANSWERS } from "../core/odd-answers.ts";
import { statement } from "../core/sql.ts";
import type { JournalEntry, Req, Res, World } from "../core/types.ts";
import { listOrganisations } from "../xero/organisations.ts";
import { getWebhookFaults } from "../xero/webhooks/webhooks.ts";
import { clockState } from "./simulator.ts";
import { current, webhookState } from "./xero-settings.ts";

export function controlPage(_: Req, world: World): Res {
  return page({
    title: "Control",
    width: "wide",
    body: html`
      <h1>The outside world</h1>
      <p class="soft">This program plays Xero, Stripe and a mail server. Nothing here is real money.</p>
      ${places(world)}${clock(world)}${faults(world)}${webhooks(world)}${settings(world)}${journal(world)}`,
  });
}

function places(world: World): Html {
  const organisations = listOrganisations(world).map(
    ({
      tenantId,
      name,
      baseCurrency,
      state,
    }) => html`<tr><td>${name}</td><td>${baseCurrency}</td><td>${state}</td>
      <td><a href="/settings-online-payments/${tenantId}">Online payments</a></td>
      <td><a href="/books/${tenantId}">Invoices</a></td></tr>`,
  );
  return html`<section class="card"><div class="spread"><h2>Places</h2>
    <nav class="links"><a href="/mail">Mailbox</a><a href="/stripe">Stripe’s dashboard and the payers’ banks</a><a href="/developer">Xero developer apps</a></nav></div>
    <div class="scroll" role="region" tabindex="0" aria-label="Organisations"><table><thead><tr><th>Organisation</th><th>Currency</th><th>State</th><th colspan="2">Look at</th></tr></thead>
    <tbody>${organisations}</tbody></table></div></section>`;
}

function clock(world: World): Html {
  const { now, offsetSeconds } = clockState(world);
  return html`<section class="card"><h2>Clock and seed</h2>
    <p><code>${now}</code> <span class="soft">${offsetSeconds} s from real time</span></p>
    <form class="row" method="post" action="/control/clock">
      <div><label for="advance">Advance by seconds</label><input id="advance" name="advanceSeconds" value="900" inputmode="numeric"></div>
      <button>Advance</button></form>
    <form class="row" method="post" action="/control/reset">
      <div><label for="seed">Seed</label><select id="seed" name="seed"><option>demo</option><option>large</option></select></div>
      <button class="quiet">Reset everything</button></form></section>`;
}

const effects =
  "latency status rate-limit cut-before cut-after hang-after commit-late stale-read odd-answer".split(" ");

function faults(world: World): Html {
  const rows = listFaults(world).map(
    ({ id, method, path, times, probability, effect }) => html`<tr><td><code>${method} ${path}</code></td>
      <td><code>${JSON.stringify(effect)}</code></td><td>${times ?? "until removed"}</td><td>${probability ?? 1}</td>
      <td><form method="post" action="/control/faults/clear"><input type="hidden" name="id" value="${id}">
      <button class="quiet">Remove</button></form></td></tr>`,
  );
  return html`<section class="card"><h2>Faults</h2>
    <div class="scroll" role="region" tabindex="0" aria-label="Faults"><table><thead><tr><th>Request</th><th>Effect</th><th>Times</th><th>Share</th><th>Change</th></tr></thead>
    <tbody>${rows.length > 0 ? rows : html`<tr><td colspan="5" class="soft">None: the world is well.</td></tr>`}</tbody></table></div>
    <form class="row" method="post" action="/control/faults">
      ${input("Method", "method", "*")}${input("Path", "path", "/api.xro/2.0/Payments")}
      <div><label for="kind">Effect</label><select id="kind" name="kind">${effects.map((kind) => html`<option>${kind}</option>`)}</select></div>
      ${input("Milliseconds", "ms", "")}${input("Seconds", "seconds", "")}${input("Status", "status", "")}
      <div><label for="problem">Limit</label><select id="problem" name="problem"><option value=""></option>${[
        "minute",
        "day",
        "appminute",
        "concurrent",
      ].map((problem) => html`<option>${problem}</option>`)}</select></div>
      <div><label for="odd">Odd answer</label><select id="odd" name="odd"><option value=""></option>${ODD_ANSWERS.map((odd) => html`<option>${odd}</option>`)}</select></div>
      ${input("Times", "times", "1")}<button>Add fault</button></form></section>`;
}

function webhooks(world: World): Html {
  const { drop, duplicate, reorder } = getWebhookFaults(world);
  const { apps, deliveries } = webhookState(world);
  const rows = apps.map(
    ({
      clientId,
      name,
      webhookUrl,
      webhookStatus,
    }) => html`<tr><td>${name}</td><td>${webhookUrl ?? "none"}</td><td>${webhookStatus}</td>
      <td><form method="post" action="/control/webhooks/intent"><input type="hidden" name="clientId" value="${clientId}">
      <button class="quiet">Send intent to receive</button></form></td></tr>`,
  );
  const waiting = deliveries.filter(({ state }) => state === "due" || state === "held").length;
  return html`<section class="card"><h2>Xero’s webhooks</h2>
    <div class="scroll" role="region" tabindex="0" aria-label="Apps"><table><thead><tr><th>App</th><th>URL</th><th>Status</th><th>Validate</th></tr></thead><tbody>${rows}</tbody></table></div>
    <form class="row" method="post" action="/control/webhooks/faults">
      ${input("Drop (0 to 1)", "drop", drop)}${input("Duplicate", "duplicate", duplicate)}${input("Reorder", "reorder", reorder)}
      <button>Set</button></form>
    <form class="row" method="post" action="/control/webhooks/tick"><p>${waiting} waiting</p><button class="quiet">Deliver what is due</button></form></section>`;
}

function settings(world: World): Html {
  const { limits, idempotencySeconds, linkMode } = current(world);
  return html`<section class="card"><h2>Xero’s limits and choices</h2>
    <p>${limits.concurrent} at once, ${limits.minute} a minute, ${limits.day} a day, ${limits.appMinute} a minute for the app.</p>
    <form class="row" method="post" action="/control/xero/settings">
      ${input("Idempotency window, seconds", "idempotencySeconds", idempotencySeconds)}
      <div><label for="mode">Values in the payment URL</label><select id="mode" name="linkMode">${[
        "encoded",
        "raw",
      ].map(
        (mode) => html`<option ${mode === linkMode ? "selected" : ""}>${mode}</option>`,
      )}</select></div><button>Set</button></form></section>`;
}

function journal(world: World): Html {
  const last = statement(world.db, "select coalesce(max(seq), 0) as seq from core_journal").get();
  const entries = world.journal.read({ afterSeq: Number(last?.seq) - 50 }).reverse();
  const row = ({ seq, at, kind, data }: JournalEntry) =>
    html`<tr><td class="num">${seq}</td><td>${at.slice(11, 23)}</td><td>${kind}</td><td><code class="facts">${JSON.stringify(data)}</code></td></tr>`;
  return html`<section class="card"><div class="spread"><h2>Journal</h2><a href="/control/journal">All, as JSON</a></div>
    <div class="scroll" role="region" tabindex="0" aria-label="Journal"><table><thead><tr><th>No</th><th>At</th><th>What</th><th>Facts</th></tr></thead><tbody>${entries.map(row)}</tbody></table></div></section>`;
}

function input(label: string, name: string, value: string | number): Html {
  return html`<div><label for="f-${name}">${label}</label><input id="f-${name}" name="${name}" value="${value}"></div>`;
}
