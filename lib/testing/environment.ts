/** Test only: an environment that is complete before any file asks for it; each file's database comes from testDb(). */
Object.assign(process.env, {
  DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:1/none",
  PUBLIC_ORIGIN: "http://localhost:3000",
  SESSION_SECRET: "a-session-secret-for-tests-only-0123456789",
  VAULT_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
  SMTP_URL: "smtp://127.0.0.1:1",
  MAIL_FROM: "Pay desk <desk@pay.example>",
  LOG_LEVEL: "error",
});
delete process.env.SIMULATOR_URL;
