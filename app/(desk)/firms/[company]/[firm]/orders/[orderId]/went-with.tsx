import type { Place } from "#app/door/action.ts";
import { StatusWord } from "#components/status-word.tsx";
import type { WentWith } from "#lib/posting/read-documents.ts";
import { RetryForm } from "../../to-do/retry-form.tsx";

const STATES = {
  ready: { word: "On its way", tone: "busy" },
  sending: { word: "Being sent", tone: "busy" },
  unknown: { word: "Being checked", tone: "busy" },
  done: { word: "Done", tone: "ok" },
  by_hand: { word: "Ended", tone: "quiet" },
  refused: { word: "Refused by Xero", tone: "danger" },
} as const satisfies Record<WentWith["state"], { word: string; tone: "ok" | "busy" | "danger" | "quiet" }>;

type WentWithItemProps = { place: Place; what: string; went: WentWith | null; mayAct: boolean };

/** A file on an invoice, or its e-mail: where it stands, and why; null in `went` while there is no invoice. */
export function WentWithItem({ place, what, went, mayAct }: WentWithItemProps) {
  const { word, tone } = went ? STATES[went.state] : { word: "Waits for the order", tone: "busy" as const };
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap gap-x-6">
        <span className="wrap-anywhere">{what}</span>
        <StatusWord tone={tone}>{word}</StatusWord>
      </p>
      {went?.cause && (
        <>
          <p>{went.cause.title}.</p>
          <p className="text-muted text-sm">{went.cause.fix}</p>
          <p>
            Xero says: <q>{went.message}</q>
          </p>
          {mayAct && <RetryForm place={place} postingId={went.postingId} />}
        </>
      )}
      {went && !went.cause && went.message && <p className="text-muted text-sm">{went.message}</p>}
    </div>
  );
}
