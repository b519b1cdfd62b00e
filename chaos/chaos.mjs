import { handOver } from "../scripts/bootstrap.mjs";

handOver("chaos/chaos.ts", process.argv.slice(2));
