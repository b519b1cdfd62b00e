/** Markup that is safe to send: only the `html` tag makes it, and it escapes all that is put in. */
export type Html = { readonly markup: string };

/** `html\`<p>${text}</p>\``: texts are escaped, markup made here and lists of it go in as they are, null as nothing. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | Html[] | null)[]): Html {
  return { markup: parts.reduce((sofar, part, index) => sofar + markupOf(values[index - 1] ?? null) + part) };
}

function markupOf(value: string | Html | Html[] | null): string {
  if (value === null) return "";
  if (typeof value === "string") return escapeHtml(value);
  return Array.isArray(value) ? value.map((one) => one.markup).join("") : value.markup;
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");
}

/** One line, whatever was typed: a subject must not grow a second header. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Words one below the other, an empty line between the groups; groups and lines that are null are left out. */
export function plain(groups: (string | null | (string | null)[])[]): string {
  return `${groups
    .filter((group) => group !== null)
    .map((group) =>
      [group]
        .flat()
        .filter((line) => line !== null)
        .join("\n"),
    )
    .join("\n\n")}\n`;
}
