import pino from "pino";

const secret = [
  "*.authorization", "*.cookie", "*.password", "*.clientSecret", "*.secretKey", "*.refreshToken", "*.accessToken", "*.code",
  "authorization", "cookie", "password", "clientSecret", "secretKey", "refreshToken", "accessToken", "code",
  "err.config", "err.request", "err.response", "err.cause.config", "err.cause.response",
];

/** One JSON line an event, flat fields, the event's name as the message. Never log a whole request or answer. */
export const log = pino({
  level: "info",
  base: null,
  redact: { paths: secret, censor: "[hidden]" },
});
