/** The figures of a run for people; all of them and more are in result-scale.json. */
import type { Turn } from "../measure/closed-loop.ts";
import { median } from "../measure/numbers.ts";
import type { ordersAtScale } from "./scale-orders.ts";
import type { pageAtScale } from "./scale-page.ts";
import type { reconcileAtScale } from "./scale-reconcile.ts";
import type { syncAtScale } from "./scale-sync.ts";
import type { webhooksAtScale } from "./scale-webhooks.ts";

export function pageInWords({
  size,
  small,
  large,
  before,
  ratio,
}: Awaited<ReturnType<typeof pageAtScale>>): string {
  return [
    `Pay page, ${size.small?.invoices} invoices        ${speed(small)}`,
    `Pay page, ${size.large?.invoices} invoices     ${speed(large)}`,
    `As it was, ${size.large?.invoices} invoices   ${speed(before)}`,
    `Large ÷ small: p50 ${ratio.p50.toFixed(2)} (aim ≤ 1.1), p99 ${ratio.p99.toFixed(2)}, requests/s ${ratio.requestsPerSecond.toFixed(2)}`,
    `Pay page ÷ as it was, over the large one: requests/s ${ratio.toBefore.toFixed(2)} (aim ≥ 3)`,
  ].join("\n");
}

export function ordersInWords({ size, questions }: Awaited<ReturnType<typeof ordersAtScale>>): string {
  const rows = Object.entries(questions).map(
    ([name, { smallP50Ms, largeP50Ms, ratio }]) =>
      `${name.padEnd(42)} ${smallP50Ms.toFixed(1).padStart(8)} ${largeP50Ms.toFixed(1).padStart(8)} ms  ${ratio.toFixed(2).padStart(7)}`,
  );
  const head = `Of ${size.small?.orders} and of ${size.large?.orders} orders, medians, and large ÷ small (aim ≤ 1.2):`;
  return [head, ...rows].join("\n");
}

export function webhooksInWords(measured: Awaited<ReturnType<typeof webhooksAtScale>>): string {
  const { intake, empty, ratio, answered, failed, stored } = measured;
  return [
    `Webhook intake                   ${speed(intake)}`,
    `A route that does nothing        ${speed(empty)}`,
    `Intake ÷ nothing: ${ratio.toFixed(2)} (aim ≥ 0.6); ${answered} answered 200, ${failed} not, ${stored} stored`,
  ].join("\n");
}

export function syncInWords({ invoices, backfill, deltas }: Awaited<ReturnType<typeof syncAtScale>>): string {
  const { ms, calls, memoryMb } = backfill;
  const { atTenth, atHalf, atEnd, most } = memoryMb;
  const megabytes = [atTenth, atHalf, atEnd].map((sample) => Math.round(sample?.megabytes ?? Number.NaN));
  return [
    `Read whole: ${invoices} invoices in ${seconds(ms)}, ${calls.byKind.Invoices} calls for ${Math.ceil(invoices / 1_000)} pages, ${calls.all} calls in all`,
    `Its memory at 10, 50 and 100%: ${megabytes.join(", ")} MB, most ${Math.round(most)} MB`,
    ...deltas.map(
      ({ changes, ms, calls }) =>
        `${String(changes).padStart(6)} changes: ${calls.byKind.Invoices} calls for invoices, ${calls.all} in all, ${seconds(ms)}`,
    ),
  ].join("\n");
}

export function reconcileInWords({
  captures,
  night,
  hours,
  clearing,
}: Awaited<ReturnType<typeof reconcileAtScale>>): string {
  const most = Math.max(...hours.map(({ mostMb }) => mostMb));
  const grown = Math.max(...hours.map(({ mostMb, beforeMb }) => mostMb - beforeMb));
  return [
    `${captures} captures, each hour: median ${seconds(median(hours.map(({ ms }) => ms)))} (aim ≤ 10 s), at most ${Math.round(most)} MB, ${Math.round(grown)} MB more than before it began (aim ≤ 150 MB)`,
    `All of them, each night: ${seconds(night.ms)}, at most ${Math.round(night.mostMb)} MB`,
    `The clearing account, all of them settled: ${seconds(clearing.ms)} (aim ≤ 10 s), at most ${Math.round(clearing.mostMb)} MB, ${Math.round(clearing.mostMb - clearing.beforeMb)} MB more than before it began (aim ≤ 150 MB)`,
  ].join("\n");
}

export function speed(turns: Turn[]): string {
  const of = (what: "requestsPerSecond" | "p50Ms" | "p99Ms") =>
    Math.round(median(turns.map((turn) => turn[what])));
  return `${of("requestsPerSecond")} requests/s, p50 ${of("p50Ms")} ms, p99 ${of("p99Ms")} ms`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
