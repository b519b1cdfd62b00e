import { LINK_KINDS, type LinkKind, type LinkRecord, type Verdict } from "./rules.ts";

/** What an import of links came to. Nothing but `matched` and `unchecked` was written, and that is new. */
export type LinkReport = {
  organisationName: string;
  results: { line: number; link: LinkRecord; verdict: Verdict }[];
  /** Of the connections that verdicts name. */
  organisations: Map<string, string>;
};

const KIND_WORDS: Record<LinkKind, string> = {
  contact: "Contacts",
  invoice: "Invoices",
  credit_note: "Credit notes",
  payment: "Payments",
  account: "Accounts",
  tax_rate: "Tax rates",
  item: "Items",
};

export function kindInWords(kind: LinkKind): string {
  return KIND_WORDS[kind];
}

/** The report in lines: a line a kind, then one for each link that was not kept, and why. */
export function reportInWords({ organisationName, results, organisations }: LinkReport): {
  summary: string;
  lines: string[];
} {
  const kept = results.filter(({ verdict }) => isKept(verdict)).length;
  const already = results.filter(({ verdict }) => verdict.kind === "already").length;
  const nameOf = (connectionId: string) => organisations.get(connectionId) ?? "another organisation";
  const summary =
    kept === 0 && already === results.length
      ? `Nothing is new: all of it is on file for ${organisationName}.`
      : `${organisationName}: ${kept} imported, ${already} on file before, ${results.length - kept - already} skipped.`;
  const lines = results.flatMap(({ line, link, verdict }) => {
    const why = whyNot(verdict, { organisationName, nameOf });
    return why ? [`line ${line}, ${link.kind} ${link.theirId}: ${why}`] : [];
  });
  return { summary, lines: [...LINK_KINDS.flatMap((kind) => countsOf(kind, results)), ...lines] };
}

function isKept({ kind }: Verdict): boolean {
  return kind === "matched" || kind === "unchecked";
}

function countsOf(kind: LinkKind, results: LinkReport["results"]): string[] {
  const of = results.filter(({ link }) => link.kind === kind).map(({ verdict }) => verdict);
  if (of.length === 0) return [];
  const count = (name: Verdict["kind"]) => of.filter((verdict) => verdict.kind === name).length;
  const parts = [
    [count("matched"), "matched"],
    [count("unchecked"), "kept unchecked, for the mirror holds none of this kind"],
    [count("already"), "on file before"],
    [of.filter((verdict) => !isKept(verdict) && verdict.kind !== "already").length, "not kept"],
  ].flatMap(([number, words]) => (number ? [`${number} ${words}`] : []));
  return [`${KIND_WORDS[kind]}: ${parts.join(", ")}.`];
}

function whyNot(
  verdict: Verdict,
  { organisationName, nameOf }: { organisationName: string; nameOf: (connectionId: string) => string },
): string | null {
  switch (verdict.kind) {
    case "matched":
    case "unchecked":
    case "already":
      return null;
    case "not_found":
      return `Xero's id is not in the books of ${organisationName}.`;
    case "in_other_books":
      return `Xero's id is in the books of ${nameOf(verdict.connectionId)}.`;
    case "assigned_elsewhere":
      return `It is assigned to ${nameOf(verdict.connectionId)}, and was not moved.`;
    case "differs":
      return `It is on file with another Xero id, ${verdict.xeroId}, which was not changed.`;
  }
}
