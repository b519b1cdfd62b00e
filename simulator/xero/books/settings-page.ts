/** Lock dates, and the chart of accounts with what may be archived. */
import { html } from "../../core/html.ts";
import { accounts } from "../store/books.ts";
import { booksPage, field, leverForm, statusOf } from "./parts.ts";

export const settingsRoute = booksPage("/settings", (books) => {
  const { periodLockDate = "", endOfYearLockDate = "" } = books.organisation;
  const rows = accounts.list(books.scope, { order: "label, id" }).map(
    ({ id, code, name, type, status, systemAccount }) => html`<tr><td data-head="Code">${code}</td>
      <td class="clip" data-head="Name" title="${name}">${name}</td><td data-head="Type">${type}</td>
      <td data-head="Status">${statusOf(status)}</td><td data-head="Change">${
        systemAccount
          ? html`<span class="soft">Xero’s own</span>`
          : leverForm(books, {
              ...{ lever: "account", label: status === "ACTIVE" ? "Archive" : "Restore", isQuiet: true },
              hidden: { accountId: id, status: status === "ACTIVE" ? "ARCHIVED" : "ACTIVE" },
            })
      }</td></tr>`,
  );
  return {
    title: "Accounts and lock dates",
    body: html`<h1>Accounts and lock dates</h1>
      <section class="card"><h2>Lock dates</h2>
        <p class="soft">Nothing dated up to that day can be written. An empty field opens the books.</p>
        ${leverForm(books, {
          ...{ lever: "lock-dates", label: "Save" },
          fields: [
            field("All but advisers", "periodLockDate", { value: periodLockDate, type: "date" }),
            field("Everybody", "endOfYearLockDate", { value: endOfYearLockDate, type: "date" }),
          ],
        })}</section>
      <section class="card"><h2>Chart of accounts</h2><table class="listed"><thead><tr><th>Code</th><th>Name</th><th>Type</th>
        <th>Status</th><th>Change</th></tr></thead><tbody>${rows}</tbody></table></section>`,
  };
});
