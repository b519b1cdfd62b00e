import { handOver } from "./bootstrap.mjs";

handOver("scripts/demo.ts", process.argv.slice(2));
