import type { Round } from "./measure/load.ts";
import { median } from "./measure/numbers.ts";
import type { ScriptSizes } from "./measure/scripts-size.ts";

export type Result = {
  machine: {
    date: string;
    cores: number;
    cpu: string;
    node: string;
    /** Processes at work on this machine before we began: a quiet one has fewer than 0.5. */
    loadBefore: number;
    system: string;
  };
  how: {
    visitors: number;
    roundSeconds: number;
    loadPinnedToCore: number | null;
    requestHeaders: Record<string, string>;
    fsync: boolean;
  };
  /** Each round as it was, in the order it ran. */
  pages: Record<"pay" | "before" | "bare" | "empty" | "fixed" | "live", Round[]>;
  /** Calls to Xero that so many views of a page caused. */
  calls: { views: number; pay: number; live: number };
  capture: { payments: number; everyMs: number; p50Ms: number; p99Ms: number; timesMs: number[] };
  scripts: { pay: ScriptSizes; empty: ScriptSizes };
  webMemoryMb: { afterWarmUp: number | null; afterLoad: number | null };
  seconds: number;
};

type Row = { what: string; value: string; aim?: string; met?: boolean };

/** The table for people; all of it and more is in result.json. */
export function print(result: Result): void {
  const { machine, how, pages, calls, capture, scripts, webMemoryMb, seconds } = result;
  const share = ratio(pages.pay, pages.empty);
  const gain = ratio(pages.pay, pages.before);
  const floor = ratio(pages.pay, pages.bare);
  const memory = webMemoryMb.afterLoad;
  const rows: Row[] = [
    { what: "Pay page, mirror hit", value: speed(pages.pay) },
    { what: "Pay page as it was", value: speed(pages.before) },
    { what: "Its rows by Node and pg alone", value: speed(pages.bare) },
    { what: "Empty page", value: speed(pages.empty) },
    { what: "Same markup, nothing read", value: speed(pages.fixed) },
    { what: "Page that asks Xero", value: speed(pages.live) },
    { what: "Pay page ÷ empty page", value: share.toFixed(2), aim: "≥ 1.80", met: share >= 1.8 },
    { what: "Pay page ÷ as it was", value: gain.toFixed(2), aim: "≥ 3.50", met: gain >= 3.5 },
    { what: "Pay page ÷ Node and pg alone", value: floor.toFixed(2), aim: "≥ 0.15", met: floor >= 0.15 },
    { what: "Same markup ÷ empty page", value: ratio(pages.fixed, pages.empty).toFixed(2) },
    { what: "Pay page ÷ page that asks", value: ratio(pages.pay, pages.live).toFixed(2) },
    {
      what: `Xero calls, ${calls.views} views`,
      value: `${calls.pay} (the page that asks: ${calls.live})`,
      aim: "0",
      met: calls.pay === 0,
    },
    {
      what: "Capture → Xero",
      value: `p50 ${(capture.p50Ms / 1_000).toFixed(2)} s   p99 ${(capture.p99Ms / 1_000).toFixed(2)} s`,
      aim: "p99 < 5 s",
      met: capture.p99Ms < 5_000,
    },
    {
      what: "JavaScript, gzip",
      value: `${kilobytes(scripts.pay.gzipBytes)} (empty page ${kilobytes(scripts.empty.gzipBytes)})`,
      aim: "≤ 4 kB",
      met: scripts.pay.gzipBytes <= 4_000,
    },
    {
      what: "JavaScript, brotli",
      value: `${kilobytes(scripts.pay.brotliBytes)} (empty page ${kilobytes(scripts.empty.brotliBytes)})`,
      aim: "≤ 4 kB",
      met: scripts.pay.brotliBytes <= 4_000,
    },
    {
      what: "Web memory after the load",
      value: memory === null ? "not known on this system" : `${memory.toFixed(0)} MB`,
      aim: "≤ 210 MB",
      ...(memory !== null && { met: memory <= 210 }),
    },
  ];
  console.log(
    `\n  ${machine.cores} cores, ${machine.cpu}, Node ${machine.node.slice(1)}, ${machine.date.slice(0, 10)}; ${seconds} s; load before ${machine.loadBefore.toFixed(1)}`,
  );
  console.log(
    `  Medians of ${pages.pay.length} rounds of ${how.roundSeconds} s; closed loop, ${how.visitors} visitors, load on ${how.loadPinnedToCore === null ? "any core" : `core ${how.loadPinnedToCore}`}\n`,
  );
  for (const { what, value, aim = "", met } of rows) {
    console.log(
      `  ${what.padEnd(28)}${value.padEnd(66)}${aim.padEnd(12)}${met === undefined ? "" : met ? "met" : "missed"}`,
    );
  }
  console.log("\n  Raw figures: bench/result.json");
}

/** Round by round, so that a busy moment of the machine weighs on both sides; then the median. */
function ratio(these: Round[], those: Round[]): number {
  return median(
    these.map((round, index) => round.requestsPerSecond / (those[index]?.requestsPerSecond ?? Number.NaN)),
  );
}

function speed(rounds: Round[]): string {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick));
  const failed = rounds.reduce((sum, round) => sum + round.failed, 0);
  const web = rounds.every((round) => round.webMsPerView !== null)
    ? of((round) => round.webMsPerView ?? 0)
    : null;
  return [
    `${of((round) => round.requestsPerSecond).toFixed(0)} req/s`,
    `p50 ${of((round) => round.p50Ms).toFixed(0)} ms`,
    `p99 ${of((round) => round.p99Ms).toFixed(0)} ms`,
    ...(web === null ? [] : [`${web.toFixed(1)} ms of web's processor`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
  ].join("   ");
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
