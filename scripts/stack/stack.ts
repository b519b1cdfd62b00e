/** The whole product on this machine: PostgreSQL, the simulator, web and worker. For the demo, the tests and the bench. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { migrateDatabase } from "../../db/migrate.ts";
import { QUEUE_SCHEMA } from "../../lib/core/queue/queue-schema.ts";
import { QUEUES } from "../../lib/jobs/queues.ts";
import { startPostgres } from "../postgres/postgres.ts";
import { answers, type Child, startChild } from "./child.ts";
import { endLeftovers, forgetAll, notesOf } from "./leftovers.ts";
import { freePort } from "./ports.ts";
import { note } from "./processes.ts";

export type Stack = {
  webUrl: string;
  simulatorUrl: string;
  databaseUrl: string;
  /** What web and worker were started with. */
  env: Record<string, string>;
  /** The processes that were started first. */
  web: Child;
  worker: Child;
  /** Another web process, at the address of the one before when that has ended, or at a port of its own. */
  startWeb(port?: number): Promise<Child>;
  startWorker(): Promise<Child>;
  /** Ends PostgreSQL at once, as a power cut would, and starts it again at the same address. */
  crashDatabase(): Promise<void>;
  stop(): Promise<void>;
};

type StackOptions = {
  /** Everything that is kept lies here. */
  folder: string;
  /** Leaves out fsync: for tests. */
  fast?: boolean;
  /** On PostgreSQL 15, the oldest that the desk takes. */
  oldest?: boolean;
  ports?: { web: number; simulator: number; smtp: number };
  /** Told before each step: "PostgreSQL". */
  onStep?: (step: string) => void;
  env?: Record<string, string>;
};

const DATABASE = "counterfoil";
const FLAGS = ["--conditions=react-server", "--disable-warning=ExperimentalWarning"];
/** As "npm start" has them. On a large machine Node would let the web process grow to half a gigabyte under load. */
const WEB_FLAGS = ["--max-semi-space-size=8", "--max-old-space-size=256"];

/** Starts all of it in order and waits until each part answers. What was started is stopped again if a step fails. */
export async function startStack({
  folder,
  fast = false,
  oldest = false,
  ports,
  onStep = () => {},
  env: extra = {},
}: StackOptions): Promise<Stack> {
  mkdirSync(path.join(folder, "logs"), { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
    forgetAll(folder);
  };
  const keep = (child: Child) => {
    stops.push(child.stop);
    return child;
  };
  const onSpawn = (pid: number) => note(notesOf(folder), pid);
  const log = (name: string) => path.join(folder, "logs", `${name}.log`);
  try {
    await endLeftovers(folder);
    onStep("PostgreSQL");
    let postgres = await startPostgres(folder, { fast, oldest, onSpawn });
    stops.push(() => postgres.stop());
    const crashDatabase = async () => {
      await postgres.kill();
      postgres = await startPostgres(folder, { fast, oldest, port: postgres.port, onSpawn });
    };
    await createDatabase(postgres.adminUrl);
    const databaseUrl = postgres.urlFor(DATABASE);

    onStep("Database migrations");
    await migrateDatabase(databaseUrl, QUEUES, QUEUE_SCHEMA);

    onStep("Simulator of Xero, Stripe and a mailbox");
    const simulatorPort = await freePort(ports?.simulator);
    const smtpPort = await freePort(ports?.smtp);
    const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
    keep(
      await startChild({
        name: "The simulator",
        args: [...FLAGS, "simulator/main.ts"],
        env: {
          PORT: String(simulatorPort),
          SMTP_PORT: String(smtpPort),
          DATA_DIR: path.join(folder, "simulator"),
        },
        onSpawn,
        logFile: log("simulator"),
        isReady: (output) => output.includes('"ready"'),
      }),
    );

    const webPort = await freePort(ports?.web);
    const webUrl = `http://localhost:${webPort}`;
    const env = {
      ...secrets(folder),
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      PUBLIC_ORIGIN: webUrl,
      SIMULATOR_URL: simulatorUrl,
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      MAIL_FROM: "Pay desk <desk@pay.example>",
      ...extra,
    };
    onStep("Web");
    const startWeb = async (port = webPort) =>
      keep(
        await startChild({
          name: "Web",
          args: [...WEB_FLAGS, ".next/standalone/server.js"],
          env: { ...env, PORT: String(port), HOSTNAME: "127.0.0.1" },
          onSpawn,
          logFile: log("web"),
          isReady: () => answers(`http://localhost:${port}/api/health/ready`),
        }),
      );
    const web = await startWeb();
    const startWorker = async () =>
      keep(
        await startChild({
          name: "The worker",
          args: [...FLAGS, "worker.ts"],
          env,
          onSpawn,
          logFile: log("worker"),
          isReady: (output) => output.includes('"ready":"worker"'),
        }),
      );
    onStep("Worker");
    const worker = await startWorker();
    return {
      webUrl,
      simulatorUrl,
      databaseUrl,
      env,
      web,
      worker,
      startWeb,
      startWorker,
      crashDatabase,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  await client.end();
}

/** Made once for a folder, so that what was sealed yesterday opens today. */
function secrets(folder: string): { SESSION_SECRET: string; VAULT_KEYS: string } {
  const file = path.join(folder, "secrets.json");
  if (!existsSync(file)) {
    const made = {
      SESSION_SECRET: randomBytes(32).toString("base64url"),
      VAULT_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    };
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, "utf8"));
}
