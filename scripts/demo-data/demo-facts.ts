/** One password for everyone in the demonstration. */
export const DEMO_PASSWORD = "paper-ledger-demo";

export const DEMO_PEOPLE = {
  broker: "owner@quickfee.example",
  demoOwner: "dana@demo-accountants.example",
  harbourOwner: "harriet@harbour-books.example",
} as const;
