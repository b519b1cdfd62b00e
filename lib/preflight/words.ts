import type { Capability, Finding } from "./finding.ts";

export const CAPABILITY_WORDS: Record<Capability, string> = {
  connect: "Connected to Xero",
  pay: "Clients can pay",
  write: "Payments reach Xero",
  fresh: "Invoices are up to date",
  letters: "E-mail is delivered",
};

export const STATE_WORDS: Record<Finding["state"], { word: string; tone: "ok" | "danger" | "warn" }> = {
  ok: { word: "Ready", tone: "ok" },
  fault: { word: "Missing", tone: "danger" },
  unsure: { word: "Please look", tone: "warn" },
};
