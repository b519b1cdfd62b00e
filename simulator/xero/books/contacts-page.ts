/** Contacts, each to be archived or restored, as only a person in Xero can. */
import { html } from "../../core/html.ts";
import { contacts } from "../store/books.ts";
import type { Condition } from "../store/rows.ts";
import { booksPage, leverForm, statusOf } from "./parts.ts";

const most = 200;

export const contactsRoute = booksPage("/contacts", (books) => {
  const asked = books.req.url.searchParams.get("find")?.trim() ?? "";
  const where: Condition | undefined = asked
    ? { text: "instr(lower(label), lower(?)) > 0", values: [asked] }
    : undefined;
  const rows = contacts.list(books.scope, { where, order: "label, id", limit: most }).map(
    ({ id, name, email, status }) => html`<tr><td class="clip" data-head="Name" title="${name}">${name}</td>
      <td class="clip" data-head="Email">${email}</td><td data-head="Status">${statusOf(status)}</td>
      <td data-head="Change">${leverForm(books, {
        ...{ lever: "contact", label: status === "ACTIVE" ? "Archive" : "Restore", isQuiet: true },
        hidden: { contactId: id, status: status === "ACTIVE" ? "ARCHIVED" : "ACTIVE" },
      })}</td></tr>`,
  );
  return {
    title: "Contacts",
    body: html`<h1>Contacts</h1>
      <form class="row" role="search"><div><label for="find">Name</label><input id="find" name="find" value="${asked}"></div><button>Find</button></form>
      <div class="card"><table class="listed"><thead><tr><th>Name</th><th>Email</th><th>Status</th><th>Change</th></tr></thead>
      <tbody>${rows}</tbody></table></div><p class="soft">The first ${most} by name.</p>`,
  };
});
