import { spawnSync } from "node:child_process";
import { installByApt, mayUseApt } from "../apt.ts";

/**
 * Makes sure that there is a pg_dump to try backup and restore with: where there is none, apt fetches it (as root on Debian
 * or Ubuntu). Throws with what to run when that fails too.
 */
export function requirePostgresTools(): void {
  const isHere = () => ["pg_dump", "pg_restore"].every((tool) => spawnSync(tool, ["--version"]).status === 0);
  if (isHere() || (mayUseApt() && installByApt("postgresql-client") && isHere())) return;
  throw new Error(
    [
      "No pg_dump and pg_restore were found, and none could be fetched. Either of these helps:",
      "  sudo apt-get install postgresql-client           (Debian, Ubuntu)",
      "  brew install libpq && brew link --force libpq    (macOS)",
    ].join("\n"),
  );
}
