export * from "#lib/core/date-words.ts";
