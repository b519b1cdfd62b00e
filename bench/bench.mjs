import { handOver } from "../scripts/bootstrap.mjs";

const [measure, ...options] = process.argv.slice(2);
const name = ["drain", "flood", "orders", "scale", "serving"].find((one) => one === measure);
handOver(`bench/${name ?? "bench"}.ts`, options);
