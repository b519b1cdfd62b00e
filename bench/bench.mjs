import { handOver } from "../scripts/bootstrap.mjs";

handOver("bench/bench.ts", process.argv.slice(2));
