import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

function start(over: Record<string, string>) {
  const command = ["--conditions=react-server", "--disable-warning=ExperimentalWarning", "worker.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    env: { ...process.env, ...over },
    encoding: "utf8",
  });
  return { status, stdout, lines: stderr.trim().split("\n") };
}

test.each([
  ["missing", "", "VAULT_KEYS is missing"],
  ["of the wrong length", "k1:dG9vLXNob3J0", "VAULT_KEYS is not right"],
])(
  "T9: with a vault key that is %s the process ends with a clear line, and serves nothing",
  (_, keys, says) => {
    const { status, stdout, lines } = start({ VAULT_KEYS: keys });
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(says);
    expect(lines[1]).not.toContain("dG9vLXNob3J0");
  },
);
