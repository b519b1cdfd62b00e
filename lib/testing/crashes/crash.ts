/** Test only: runs the product in processes of its own that end, or stand still, at a chosen effect on the world. */
import { once } from "node:events";
import { createInterface } from "node:readline";
import { startProgram } from "../program.ts";
import type { Orders } from "./crash-child.ts";

type Said = { ready?: true; held?: string; points?: string[] };

export type Ended = {
  /** Every point that was passed, when it came to its end; null when it was killed. */
  points: string[] | null;
};

export type Crasher = {
  /** Runs until the end, or until the plug is pulled. */
  run(orders: Orders): Promise<Ended>;
  /** Runs until it stands still at the chosen point, or its end; `goOn` lets it run to the end. */
  hold(orders: Orders): Promise<{ at: string | null; goOn(): Promise<Ended> }>;
  stop(): Promise<void>;
};

/** The points, from 1, where a kill leaves the world otherwise than one before: ahead of each write, and after the last. */
export function killPoints(points: string[] | null): number[] {
  const writes = (points ?? []).flatMap((point, at) =>
    /^before (?!select|begin|with)/.test(point) ? [at + 1] : [],
  );
  return [...writes, points?.length ?? 0];
}

/**
 * One process waits loaded while another runs, since loading takes longest. What they say of errors is shown, unless
 * they come by the dozen.
 */
export function crasher(errors: "inherit" | "ignore" = "inherit"): Crasher {
  let next: Child | undefined = newChild(errors);
  const take = async () => {
    const child = next ?? newChild(errors);
    next = newChild(errors);
    await child.said("ready");
    return child;
  };
  const hold: Crasher["hold"] = async (orders) => {
    const child = await take();
    child.order(orders);
    const said = await child.said("held", "points");
    return {
      at: said?.held ?? null,
      goOn: async () => {
        if (!said?.held) return { points: said?.points ?? null };
        child.order("");
        return { points: (await child.said("points"))?.points ?? null };
      },
    };
  };
  return {
    hold,
    run: async (orders) => (await hold(orders)).goOn(),
    stop: async () => {
      await next?.kill();
      next = undefined;
    },
  };
}

type Child = {
  order(what: Orders | ""): void;
  /** The next word of one of these kinds, or undefined when it ends without. */
  said(...kinds: (keyof Said)[]): Promise<Said | undefined>;
  kill(): Promise<void>;
};

function newChild(errors: "inherit" | "ignore"): Child {
  const child = startProgram("lib/testing/crashes/crash-child.ts", [], {
    errors,
    preload: "lib/testing/crashes/crash-points.ts",
  });
  const closed = once(child, "close");
  const words: Said[] = [];
  const waiting: (() => void)[] = [];
  const wake = () => {
    for (const go of waiting.splice(0)) go();
  };
  let ended = false;
  let failed = false;
  createInterface({ input: child.stdout }).on("line", (line) => {
    words.push(JSON.parse(line) as Said);
    wake();
  });
  void closed.then(([code]) => {
    ended = true;
    failed = code !== null && code !== 0;
    wake();
  });
  const { stdin } = child;
  stdin.on("error", () => {});
  return {
    order: (what) => void stdin.write(what === "" ? "\n" : `${JSON.stringify(what)}\n`),
    async said(...kinds) {
      for (;;) {
        const at = words.findIndex((word) => kinds.some((kind) => kind in word));
        if (at >= 0) return words.splice(at, 1)[0];
        if (failed) throw new Error("The child fell over by itself; its words are above");
        if (ended) return undefined;
        await new Promise<void>((go) => waiting.push(go));
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}
