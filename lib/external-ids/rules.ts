import { z } from "zod";
import type { FileFault, FileRecord } from "#lib/core/text/file-faults.ts";

export const LINK_KINDS = [
  "contact",
  "invoice",
  "credit_note",
  "payment",
  "account",
  "tax_rate",
  "item",
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

const line = (max: number, missing: string) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(max, `Use at most ${max} characters.`)
    .refine((value) => !/\p{Cc}/u.test(value), "Use one line, of characters that can be shown.");

const XERO_ID =
  "Give Xero's id of it: 32 hexadecimal digits with hyphens, like 70784a63-d24b-46a9-a4db-0e70a274b056.";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A link as a file gives it: what another system calls a record, and what Xero calls it. */
export const linkRecord = z
  .strictObject({
    system: line(40, "Name the other system, like suitecrm.").toLowerCase(),
    kind: z.enum(LINK_KINDS, `Write one of ${LINK_KINDS.join(", ")}.`),
    theirId: line(200, "Give the other system's id."),
    xeroId: line(100, XERO_ID),
  })
  .transform((link) => (link.kind === "tax_rate" ? link : { ...link, xeroId: link.xeroId.toLowerCase() }))
  // Xero tells tax rates apart by their type ("OUTPUT"), everything else by a UUID.
  .refine(({ kind, xeroId }) => kind === "tax_rate" || UUID.test(xeroId), {
    path: ["xeroId"],
    error: XERO_ID,
  });

export type LinkRecord = z.output<typeof linkRecord>;

/** What another system calls a record, as one text. */
export function theirKey({ system, kind, theirId }: Omit<LinkRecord, "xeroId">): string {
  return JSON.stringify([system, kind, theirId]);
}

/** Each record once, and a fault for a second line that says something else of the same record. */
export function withoutRepeats(records: FileRecord<LinkRecord>[]): {
  once: FileRecord<LinkRecord>[];
  faults: FileFault[];
} {
  const seen = new Map<string, FileRecord<LinkRecord>>();
  const faults: FileFault[] = [];
  for (const record of records) {
    const key = theirKey(record.fields);
    const before = seen.get(key);
    if (!before) seen.set(key, record);
    else if (before.fields.xeroId !== record.fields.xeroId)
      faults.push({ line: record.line, field: "xeroId", message: `Line ${before.line} gives another one.` });
  }
  return { once: [...seen.values()], faults };
}

/** What is known of one link: what stands on file, and in whose books the record is. */
export type Known = {
  /** The chosen organisation's connection. */
  chosen: string;
  onFile: { connectionId: string; xeroId: string } | undefined;
  /** Connections in whose books Xero's id is; null when the mirror keeps no records of this kind. */
  inBooksOf: string[] | null;
};

export type Verdict =
  | { kind: "matched" | "unchecked" | "already" }
  | { kind: "assigned_elsewhere" | "in_other_books"; connectionId: string }
  | { kind: "differs"; xeroId: string }
  | { kind: "not_found" };

/** What becomes of a link. What stands on file is never moved or overwritten: a person decides. */
export function judge({ xeroId }: { xeroId: string }, { chosen, onFile, inBooksOf }: Known): Verdict {
  if (onFile) {
    if (onFile.connectionId !== chosen)
      return { kind: "assigned_elsewhere", connectionId: onFile.connectionId };
    return onFile.xeroId === xeroId ? { kind: "already" } : { kind: "differs", xeroId: onFile.xeroId };
  }
  if (inBooksOf === null) return { kind: "unchecked" };
  if (inBooksOf.includes(chosen)) return { kind: "matched" };
  const [connectionId] = inBooksOf;
  return connectionId ? { kind: "in_other_books", connectionId } : { kind: "not_found" };
}
