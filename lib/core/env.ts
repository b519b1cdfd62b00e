import "server-only";
import { z } from "zod";

const vaultKey = /^[a-z0-9-]{1,16}:[A-Za-z0-9+/]{43}=$/;

/** Cookies and forms travel in the clear without TLS; on this machine there is nobody to read them. */
function isSafeOrigin(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || hostname === "localhost";
}

const schema = z.object({
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: "a PostgreSQL address: postgres://user:password@host/database",
  }),
  PUBLIC_ORIGIN: z
    .url({
      protocol: /^https?$/,
      error: "the address people type, e.g. https://pay.example.com",
      abort: true,
    })
    .refine(isSafeOrigin, "https is required, except for http://localhost")
    .transform((value) => new URL(value).origin),
  SESSION_SECRET: z
    .string({ error: "a random text of at least 32 characters" })
    .min(32, "at least 32 characters"),
  VAULT_KEYS: z
    .string({ error: "name:base64 of 32 bytes, comma between several, the current one first" })
    .refine(
      (value) => value.split(",").every((key) => vaultKey.test(key)),
      "name:base64 of 32 bytes, comma between several",
    ),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "a mail server: smtp://user:password@host:587" }),
  MAIL_FROM: z.string({ error: "who letters come from: Pay desk <pay@example.com>" }).min(3),
  SIMULATOR_URL: z
    .url({
      protocol: /^http$/,
      hostname: /^(127\.0\.0\.1|localhost)$/,
      error: "a simulator on this machine, e.g. http://127.0.0.1:4010",
    })
    .optional(),
  TRUSTED_PROXY_HOPS: z.coerce
    .number({ error: "how many proxies stand in front, e.g. 1" })
    .int()
    .min(0)
    .max(5)
    .default(0),
  WEB_PROCESSES: z.coerce
    .number({ error: "how many web processes npm start runs, e.g. 2" })
    .int()
    .min(1)
    .max(64)
    .default(1),
  POSTGRES_BIN: z.string().nullable().default(null),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "where an OpenTelemetry collector listens: http://127.0.0.1:4318" })
    .nullable()
    .default(null),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  PAY_RENDERER: z.enum(["own", "next"]).default("own"),
  PORT: z.coerce.number({ error: "a port, e.g. 3000" }).int().min(0).max(65_535).default(3_000),
  HOSTNAME: z.string().default("0.0.0.0"),
});

export type Env = z.infer<typeof schema>;

/** Checks every variable at once. Throws one clear line for each bad one; values are never printed. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `  ${name} ${given[name] === undefined ? "is missing" : "is not right"}: ${issue.message}`;
  });
  throw new Error(
    `Counterfoil can't start; these settings need a look (see .env.example):\n${lines.join("\n")}`,
  );
}

let cached: Env | undefined;

/** Read on first use, so that a build needs no secrets; both processes call it at boot. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/**
 * With https there is a proxy in front, and with none declared what it says of a caller is not believed: limits that count by
 * address then count nobody.
 */
export function countsNoAddress({ PUBLIC_ORIGIN, TRUSTED_PROXY_HOPS } = env()): boolean {
  return PUBLIC_ORIGIN.startsWith("https:") && TRUSTED_PROXY_HOPS === 0;
}

/** Under "next dev" only, which our own commands never run. */
export const isDevelopment = process.env.NODE_ENV === "development";

/** next-auth 4 finds its own address only in these two variables, so boot copies ours there. */
export function tellNextAuthItsAddress(): void {
  process.env.NEXTAUTH_URL = env().PUBLIC_ORIGIN;
  process.env.NEXTAUTH_SECRET = env().SESSION_SECRET;
}
