/** Closed-loop load whose every request may be another one; load.ts asks for one address again and again. */
import { Agent, request } from "node:http";
import { quantile } from "./numbers.ts";

export type Asked = { url: string; headers: Record<string, string>; body?: string };
export type Turn = {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Answered with 200. */
  answered: number;
  failed: number;
};

/** So many visitors for so many seconds, each asking its next question once answered. */
export async function closedLoop(
  next: () => Asked,
  { visitors, seconds }: { visitors: number; seconds: number },
): Promise<Turn> {
  const agent = new Agent({ keepAlive: true, maxSockets: visitors });
  const timesMs: number[] = [];
  let failed = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: visitors }, async () => {
      while (performance.now() - began < seconds * 1_000) {
        const asked = performance.now();
        const isAnswered = (await statusOf(agent, next())) === 200;
        if (isAnswered) timesMs.push(performance.now() - asked);
        else failed += 1;
      }
    }),
  );
  const took = (performance.now() - began) / 1_000;
  agent.destroy();
  return {
    requestsPerSecond: timesMs.length / took,
    p50Ms: quantile(timesMs, 0.5),
    p99Ms: quantile(timesMs, 0.99),
    answered: timesMs.length,
    failed,
  };
}

function statusOf(agent: Agent, { url, headers, body }: Asked): Promise<number> {
  return new Promise((done) => {
    const asked = request(url, { agent, headers, method: body === undefined ? "GET" : "POST" }, (answer) => {
      answer.resume();
      answer.on("end", () => done(answer.statusCode ?? 0));
      answer.on("error", () => done(0));
    });
    asked.on("error", () => done(0));
    asked.end(body);
  });
}
