import { build } from "../../scripts/build.ts";

/** The tests run against the production build; made anew only when something in it has changed. */
export default function globalSetup(): void {
  if (!process.env.E2E_BASE_URL) build();
}
