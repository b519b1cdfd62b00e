/** What the bench asks of the simulator's control. */
export type JournalEntry = { seq: number; at: string; kind: string; data: Record<string, unknown> };
export type TrueInvoice = {
  id: string;
  number: string;
  type: string;
  status: string;
  currency: string;
  amountDue: number;
};

export type Control = {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  /** What happened after this entry. */
  journal(kind: string, after: number): Promise<JournalEntry[]>;
  /** The number of the newest entry of a kind. */
  last(kind: string): Promise<number>;
};

export function controlOf(simulatorUrl: string): Control {
  async function ask<T>(path: string, init?: RequestInit): Promise<T> {
    const answer = await fetch(`${simulatorUrl}/control${path}`, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  const control: Control = {
    get: (path) => ask(path),
    post: (path, body) =>
      ask(path, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    async journal(kind, after) {
      const found: JournalEntry[] = [];
      for (let from = after; ; ) {
        const { entries } = await ask<{ entries: JournalEntry[] }>(
          `/journal?kind=${kind}&after=${from}&limit=5000`,
        );
        found.push(...entries);
        from = entries.at(-1)?.seq ?? from;
        if (entries.length < 5000) return found;
      }
    },
    async last(kind) {
      return (await control.journal(kind, 0)).at(-1)?.seq ?? 0;
    },
  };
  return control;
}
