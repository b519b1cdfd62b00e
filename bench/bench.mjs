import { handOver } from "../scripts/bootstrap.mjs";

const [measure] = process.argv.slice(2);
handOver(measure === "flood" ? "bench/flood.ts" : "bench/bench.ts", process.argv.slice(2));
