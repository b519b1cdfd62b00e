import { randomUUID } from "node:crypto";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import type { Db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import { readWaiting } from "./waiting.ts";

const EVERY_MS = 60_000;

/**
 * Sends the worker's numbers each minute by OTLP over HTTP to where the exporter finds it, in OTEL_EXPORTER_OTLP_ENDPOINT
 * and its like (OpenTelemetry's "OTLP exporter configuration"). Returns what sends once more and ends it.
 */
export function startMetrics(db: Db): () => Promise<void> {
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(),
    exportIntervalMillis: EVERY_MS,
  });
  const resource = resourceFromAttributes({
    "service.name": "counterfoil-worker",
    "service.instance.id": randomUUID(),
  }).merge(detectResources({ detectors: [envDetector] }));
  const provider = new MeterProvider({ resource, readers: [reader] });
  const meter = provider.getMeter("counterfoil");
  const seconds = { unit: "s" };
  const heartbeat = meter.createObservableGauge("counterfoil.worker.heartbeat.age", seconds);
  const oldest = meter.createObservableGauge("counterfoil.waiting.oldest.age", seconds);
  const queued = meter.createObservableGauge("counterfoil.queue.oldest.age", seconds);
  meter.addBatchObservableCallback(
    async (result) => {
      try {
        const waiting = await readWaiting(db);
        if (waiting.heartbeat !== null) result.observe(heartbeat, waiting.heartbeat);
        for (const [kind, age] of Object.entries(waiting.oldest)) result.observe(oldest, age ?? 0, { kind });
        for (const [queue, age] of Object.entries(waiting.queues)) result.observe(queued, age, { queue });
      } catch (error) {
        log.warn({ err: error }, "metrics.not-read");
      }
    },
    [heartbeat, oldest, queued],
  );
  return () => provider.shutdown();
}
