/** Does something every so many milliseconds from now on; what comes back ends it, when the last turn is over. */
export function startLane(everyMs: number, turn: () => Promise<void>): () => Promise<void> {
  let over = false;
  const run = async () => {
    while (!over) {
      await new Promise((later) => setTimeout(later, everyMs));
      await turn();
    }
  };
  const ended = run();
  return async () => {
    over = true;
    await ended;
  };
}
