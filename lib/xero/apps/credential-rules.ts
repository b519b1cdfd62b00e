import { z } from "zod";
import type { FileRecord } from "#lib/core/text/file-faults.ts";

/** Names under which exports carry what opened the old interface. It opens nothing today, and is not kept either. */
const SECRETS = new Set(
  [
    "secret",
    "consumerSecret",
    "clientSecret",
    "token",
    "accessToken",
    "oauthToken",
    "tokenSecret",
    "oauthTokenSecret",
    "sessionHandle",
    "privateKey",
    "certificate",
    "pem",
    "pfx",
    "password",
    "passphrase",
  ].map(plainName),
);

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

const word = (max: number, missing: string) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(max, `Use at most ${max} characters.`)
    .refine((value) => !/\p{Cc}/u.test(value), "Use one line, of characters that can be shown.")
    .refine((value) => !/PRIVATE KEY/.test(value), "This is a private key: take it out of the file.");

const day = (missing: string) => z.iso.date(missing);

const common = {
  /** "company/firm", as in the desk's addresses; the page's own firm when left out. */
  firm: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, "Write company/firm, as in the desk's addresses.")
    .optional(),
  name: word(100, "Give it a name, or leave the field out.").optional(),
  consumerKey: word(100, "Give the consumer key.").regex(/^\S+$/, "A consumer key has no spaces."),
};

const FINGERPRINT =
  "Write the certificate's SHA-1 or SHA-256 fingerprint: 20 or 32 pairs of hexadecimal digits.";

/** A retired credential as a file gives it. Strict: a field that is not here is a fault. */
export const retiredCredential = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("oauth1"),
      ...common,
      endedOn: day("Write the day its token ended, like 2021-12-31, or leave it out.").optional(),
    }),
    z.strictObject({
      kind: z.literal("x509"),
      ...common,
      certificateSubject: word(300, "Give the certificate's subject, like CN=Quoox."),
      certificateExpiresOn: day("Write the day the certificate ends, like 2021-12-31."),
      fingerprint: z
        .string(FINGERPRINT)
        .transform((text) => text.replace(/[:\s]/g, "").toUpperCase())
        .refine((hex) => /^[0-9A-F]+$/.test(hex) && (hex.length === 40 || hex.length === 64), FINGERPRINT)
        .transform((hex) => (hex.match(/../g) ?? []).join(":")),
    }),
  ],
  { error: "Write oauth1 (an old OAuth 1.0a token) or x509 (an old private app)." },
);

export type RetiredCredential = z.output<typeof retiredCredential>;

/** The records without what would be a secret, and a line for each that was left out. Its value is nowhere in there. */
export function withoutSecrets(records: FileRecord[]): { records: FileRecord[]; notes: string[] } {
  const notes: string[] = [];
  const kept = records.map(({ line, fields }) => ({
    line,
    fields: Object.fromEntries(
      Object.entries(fields).filter(([name]) => {
        if (!SECRETS.has(plainName(name))) return true;
        notes.push(
          `line ${line}, ${name}: left out and not kept. Xero takes it no longer; delete it where it came from.`,
        );
        return false;
      }),
    ),
  }));
  return { records: kept, notes };
}

/** What an import of old credentials came to. `notes`: what of the file was left out, a line each. */
export type ImportedCredentials = { added: number; changed: number; unchanged: number; notes: string[] };

/** The import in a sentence, and a line for each field that was left out. */
export function importedInWords({ added, changed, unchanged, notes }: ImportedCredentials): {
  summary: string;
  lines: string[];
} {
  const summary =
    added + changed === 0
      ? "Nothing is new: all of it is on file."
      : `New on file: ${added}. Changed: ${changed}. There before: ${unchanged}.`;
  return { summary, lines: notes };
}
