/** Which of an endpoint's properties `where` and `order` may name, and where they are kept. */
export type FieldType = "text" | "guid" | "money" | "number" | "day" | "instant" | "flag";

export type Field = {
  sql: string;
  type: FieldType;
  /** For "==" on a property of another object: "party in (select …" up to the value. */
  equals?: string;
};

/** By property path in lower case, e.g. "contact.contactid". */
export type Fields = { element: string; known: Record<string, Field> };

/** { InvoiceNumber: ["label", "text"] } with any letter case in requests. */
export function fields(
  element: string,
  list: Record<string, [sql: string, type: FieldType, equals?: string]>,
): Fields {
  const known = Object.entries(list).map(([name, [sql, type, equals]]): [string, Field] => [
    name.toLowerCase(),
    { sql, type, ...(equals && { equals }) },
  ]);
  return { element, known: Object.fromEntries(known) };
}

/** The name or number of the object a row hangs on, by its `party` column. */
export function labelOfParty(kind: "contact" | "invoice"): [sql: string, type: "text", equals: string] {
  const other = `xero_rows other where other.kind = '${kind}' and other.valid_to is null`;
  return [
    `(select other.label from ${other} and other.id = xero_rows.party) collate nocase`,
    "text",
    `party in (select other.id from ${other} and other.label is`,
  ];
}

/** Whether any file is attached to the row. */
export const hasAttachments: [sql: string, type: "flag"] = [
  `exists (select 1 from xero_rows other where other.kind = 'attachment' and other.valid_to is null
    and other.party = xero_rows.id)`,
  "flag",
];

/** What the contact a row hangs on has inside its JSON. */
export function ofParty(path: string): [sql: string, type: "text"] {
  return [
    `(select other.data ->> '$.${path}' from xero_rows other where other.kind = 'contact' and other.valid_to is null
      and other.id = xero_rows.party) collate nocase`,
    "text",
  ];
}

/** A value that is kept only inside the JSON. */
export const inside = (path: string) => `(data ->> '$.${path}') collate nocase`;

/** A number or flag that is kept only inside the JSON. */
export const valueInside = (path: string) => `(data ->> '$.${path}')`;
