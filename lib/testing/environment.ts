/**
 * Test only: what each test file finds. Files share a process, in which Node keeps the packages that are loaded; our own
 * modules are loaded anew, with the state that they keep, and the environment is as it was before the first file, and
 * complete before anything asks for it. Each file's database comes from testDb().
 */
import { vi } from "vitest";

vi.resetModules();

const global = globalThis as { atFirst?: NodeJS.ProcessEnv };
global.atFirst ??= { ...process.env };
for (const name of Object.keys(process.env)) if (!(name in global.atFirst)) delete process.env[name];
// What our modules keep there, as db.ts does its pool.
for (const name of Object.keys(global))
  if (name.startsWith("counterfoil")) Reflect.deleteProperty(global, name);
Object.assign(process.env, global.atFirst, {
  DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:1/none",
  PUBLIC_ORIGIN: "http://localhost:3000",
  SESSION_SECRET: "a-session-secret-for-tests-only-0123456789",
  VAULT_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
  SMTP_URL: "smtp://127.0.0.1:1",
  MAIL_FROM: "Pay desk <desk@pay.example>",
  LOG_LEVEL: "error",
});
delete process.env.SIMULATOR_URL;
