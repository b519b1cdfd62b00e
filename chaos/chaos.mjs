import { handOver } from "../scripts/bootstrap.mjs";

const [name, ...options] = process.argv.slice(2);
handOver(`chaos/${name}.ts`, options);
