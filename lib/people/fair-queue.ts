import { AppError } from "#lib/core/errors.ts";

/** Whose turn somebody waits for. `isKnown`: shown to belong here before the password is looked at. */
export type Caller = { name: string; isKnown: boolean };

type Waiting = { go(): void; refuse(error: AppError): void };

/**
 * A line for work of which this machine can do only `atOnce` at a time. Known callers go first, in a line of their own;
 * strangers take turns by name, so that one who asks thirty times waits for itself alone. At most `most` wait in each of
 * the two lines: a stranger with nobody waiting yet then takes the place of the last of whoever has most waiting.
 */
export function openFairQueue({ atOnce, most }: { atOnce: number; most: number }) {
  const known: Waiting[] = [];
  const strangers = new Map<string, Waiting[]>();
  let running = 0;

  function join(caller: Caller, one: Waiting): void {
    if (caller.isKnown) {
      if (known.length < most) known.push(one);
      else one.refuse(tooMany());
      return;
    }
    const own = strangers.get(caller.name) ?? [];
    if ([...strangers.values()].flat().length >= most) {
      const longest = [...strangers.values()].toSorted((a, b) => b.length - a.length)[0];
      if (own.length > 0 || !longest || longest.length < 2) {
        one.refuse(tooMany());
        return;
      }
      longest.pop()?.refuse(tooMany());
    }
    strangers.set(caller.name, [...own, one]);
  }

  function next(): Waiting | undefined {
    const first = known.shift();
    if (first) return first;
    const [turn] = strangers;
    if (!turn) return undefined;
    const [name, [one, ...rest]] = turn;
    // To the end of the round, or out of it.
    strangers.delete(name);
    if (rest.length > 0) strangers.set(name, rest);
    return one;
  }

  return {
    /** Does the work when it is this caller's turn. Throws `too_many` when too many wait. */
    async take<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
      if (running < atOnce) running += 1;
      else await new Promise<void>((go, refuse) => join(caller, { go, refuse }));
      try {
        return await work();
      } finally {
        const one = next();
        if (one) one.go();
        else running -= 1;
      }
    },
  };
}

function tooMany(): AppError {
  return new AppError("too_many", "Many people are signing in right now. Wait a minute, then try again.", {
    retryAt: new Date(Date.now() + 60_000),
  });
}
