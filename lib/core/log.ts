import pino from "pino";

const secret = [
  "*.authorization",
  "*.cookie",
  "*.password",
  "*.clientSecret",
  "*.secretKey",
  "*.refreshToken",
  "*.accessToken",
  "*.code",
  "authorization",
  "cookie",
  "password",
  "clientSecret",
  "secretKey",
  "refreshToken",
  "accessToken",
  "code",
];

/** Of an error its kind, words and place; never what hangs on it, which may be a client with its password. */
function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const errorCode = "code" in error ? { errorCode: error.code } : {};
  const cause = error.cause instanceof Error ? { cause: withoutValues(error.cause.message) } : {};
  return {
    name: error.name,
    message: withoutValues(error.message),
    stack: withoutValues(error.stack ?? ""),
    ...errorCode,
    ...cause,
  };
}

/** Drizzle writes a failed statement's values into its message, behind this word. */
function withoutValues(text: string): string {
  return text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, "");
}

/** JSON escapes the first 32 control characters alone; the others mean something to a terminal too. */
function printable(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** One JSON line an event, flat fields, the event's name as the message. Never log a whole request or answer. */
export const log = pino({
  level: "info",
  base: null,
  redact: { paths: secret, censor: "[hidden]" },
  serializers: { err: errorFacts },
  hooks: { streamWrite: printable },
});
