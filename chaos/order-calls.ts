/** Asking the API as a system does that loses nothing: again and again, until somebody says that it is done. */

/** Longer than a document may be on its way while those who write it are killed all the time. */
const TRY_MS = 1_800_000;
const [PAUSE_MS, ANSWER_MS] = [500, 20_000];

type Problem = { status: number; code?: string; retry?: string; detail?: string };
type Result = { order?: { id: string }; problem?: Problem };
export type Ask = { url: string; key: string; body?: object };

/**
 * The ids of the orders that were taken or changed, in their order. Throws for what will not succeed by being asked again, and after
 * half an hour. `unless`: a refusal of this code is an answer too.
 */
export async function askUntilDone({ url, key, body }: Ask, unless?: string): Promise<string[]> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const asked = body ? { headers, body: JSON.stringify(body) } : { headers };
  let last = "";
  for (const giveUp = Date.now() + TRY_MS; Date.now() < giveUp; ) {
    const answer = await fetch(url, {
      ...{ method: "POST", ...asked, signal: AbortSignal.timeout(ANSWER_MS) },
    }).catch(() => null);
    const said = await answer?.text().catch(() => null);
    if (answer && said) {
      last = said;
      const results = resultsOf(answer.status, said);
      const problems = results.flatMap(({ problem }) => problem ?? []);
      if (problems.every(({ code }) => code !== undefined && code === unless))
        return results.flatMap(({ order }) => order?.id ?? []);
      if (!problems.some(isForLater)) break;
    }
    await new Promise((later) => setTimeout(later, PAUSE_MS));
  }
  throw new Error(`${url} was not done: ${last.slice(0, 500)}`);
}

function resultsOf(status: number, said: string): Result[] {
  // A proxy in front of a dead process has no JSON.
  if (status >= 500) return [{ problem: { status } }];
  const answer = JSON.parse(said) as { id: string; results?: Result[] } & Problem;
  if (status >= 400) return [{ problem: answer }];
  return answer.results ?? [{ order: answer }];
}

const isForLater = ({ status, retry }: Problem) => status >= 500 || retry === "same-request";
