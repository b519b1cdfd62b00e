/** The processes of ours that a test may end: one of each kind, or two. */
import { setTimeout } from "node:timers/promises";
import type { Child } from "../../scripts/stack/child.ts";

export type Kind = "web" | "worker";
/** A place that a process has; another takes it when the one before has ended. */
export type Post = {
  child: Child;
  start(): Promise<Child>;
  /** Resolves once it holds nothing that is lost for good when it is killed. */
  settle?(): Promise<void>;
};

export type Fleet = {
  /** Ends all of a kind at once, as a power cut would, and starts them again. */
  crash(kind: Kind): Promise<void>;
  /** Ends all of a kind in good order, waits while `during` runs, starts them again. Nobody is reaped meanwhile. */
  without(kind: Kind, during: () => Promise<void>): Promise<void>;
  /** Ends the reaper, and throws what went wrong with it. Says how often it came. */
  rest(): Promise<number>;
};

const REAPED_EVERY_MS = 10_000;

/** With a reaper, at once and then every ten seconds one process of each kind is ended at once and replaced, first and second in turn. */
export function openFleet(posts: Record<Kind, Post[]>, { reaper }: { reaper: boolean }): Fleet {
  let last = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
  const revive = async () => {
    await Promise.all(
      Object.values(posts)
        .flat()
        .filter(({ child }) => isDead(child))
        .map(async (post) => {
          post.child = await post.start();
        }),
    );
  };

  const resting = new AbortController();
  const reap = async (): Promise<number> => {
    for (let times = 0; ; times += 1) {
      await inTurn(async () => {
        await Promise.all(
          Object.values(posts).map(async (each) => {
            const post = each[times % each.length];
            await post?.settle?.();
            await kill(post);
          }),
        );
        await revive();
      });
      const goOn = await setTimeout(REAPED_EVERY_MS, true, { signal: resting.signal }).catch(() => false);
      if (!goOn) return times + 1;
    }
  };
  const reaping = reaper ? reap() : Promise.resolve(0);
  reaping.catch(() => {});

  return {
    // Not in turn: what the test wants cut must not end in peace while the reaper is at work.
    async crash(kind) {
      await Promise.all(posts[kind].map(kill));
      await inTurn(revive);
    },
    without: (kind, during) =>
      inTurn(async () => {
        await Promise.all(posts[kind].map(({ child }) => child.stop()));
        try {
          await during();
        } finally {
          await revive();
        }
      }),
    async rest() {
      resting.abort();
      return reaping;
    },
  };
}

function isDead({ process: child }: Child): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function kill(post: Post | undefined): Promise<void> {
  if (!post || isDead(post.child)) return;
  const { process: child } = post.child;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGKILL");
  await ended;
}
