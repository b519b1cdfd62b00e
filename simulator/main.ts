/** node simulator/main.ts — see README.md for the variables. Prints one JSON line once it answers. */
import { startSimulator } from "./start.ts";

const {
  PORT = "4010",
  HOST = "127.0.0.1",
  SMTP_PORT,
  DATA_DIR = ".data/simulator",
  SIM_BASE_URL,
} = process.env;

const simulator = await startSimulator({
  dataDir: DATA_DIR,
  port: Number(PORT),
  host: HOST,
  ...(SMTP_PORT && { smtpPort: Number(SMTP_PORT) }),
  ...(SIM_BASE_URL && { baseUrl: SIM_BASE_URL }),
});
console.log(JSON.stringify({ ready: true, url: simulator.url, smtpPort: simulator.smtpPort }));

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, async () => {
    await simulator.close();
    process.exit(0);
  });
}
