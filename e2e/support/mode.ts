/** E2E_TWINS=1: two web processes behind a proxy and two workers, one of each ended at once every ten seconds. */
export const TWINS = process.env.E2E_TWINS === "1";

/** PAY_RENDERER=next: the payer's pages by Next, in all flows. */
export const RENDERER = process.env.PAY_RENDERER === "next" ? "next" : "own";

/** What a killed worker held is taken up within this: it stops beating, and the queue looks each minute. */
export const AFTER_KILL_MS = 90_000;

/** What any wait for a worker's work takes longer while workers are killed all the time. */
export const TAKE_UP_MS = TWINS ? AFTER_KILL_MS : 0;
