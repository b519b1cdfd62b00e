/**
 * A Containerfile's steps without a container engine: each stage is a folder on this machine, and its commands run there
 * under this machine's Node. What it says of users, ports and Debian's packages is left to a real engine.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

type Stage = { root: string; workdir: string; env: Record<string, string>; command: string[] };
type Options = { file: string; folder: string; args?: Record<string, string> };

/** Of the context, as .dockerignore has it. */
const LEFT_OUT = new Set(readFileSync(".dockerignore", "utf8").split("\n").filter(Boolean));
const ELSEWHERE = /^apt-get /;
const NOT_HERE = new Set(["USER", "EXPOSE"]);

/** Builds the file's last stage below `folder`. Throws with the words of a step that failed, or at one it does not know. */
export function buildImage({ file, folder, args = {} }: Options): Stage {
  const stages = new Map<string, Stage>();
  let stage: Stage = { root: folder, workdir: "/", env: {}, command: [] };
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [word = "", ...rest] = line.trim().split(/\s+/);
    const said = rest.join(" ");
    if (!word || word.startsWith("#") || NOT_HERE.has(word)) continue;
    if (word === "FROM") {
      stage = { root: path.join(folder, String(stages.size)), workdir: "/", env: {}, command: [] };
      stages.set(rest[2] ?? "last", stage);
    } else if (word === "WORKDIR") {
      stage.workdir = said;
      mkdirSync(path.join(stage.root, said), { recursive: true });
    } else if (word === "ARG") {
      const [name = "", otherwise = ""] = said.split("=");
      stage.env[name] = args[name] ?? otherwise;
    } else if (word === "ENV") {
      for (const one of rest) stage.env[one.split("=")[0] ?? ""] = one.split("=")[1] ?? "";
    } else if (word === "COPY") copy(stage, rest, stages);
    else if (word === "CMD") stage.command = JSON.parse(said) as string[];
    else if (word === "RUN") run(stage, said);
    else throw new Error(`${file}: ${word} is not known here`);
  }
  return stage;
}

function copy({ root, workdir }: Stage, words: string[], stages: Map<string, Stage>): void {
  const from = words[0]?.startsWith("--from=") ? stages.get(words[0].slice("--from=".length)) : undefined;
  const names = words.filter((word) => !word.startsWith("--"));
  const to = path.join(root, workdir, names.pop() ?? "");
  for (const name of names) {
    const source = from ? path.join(from.root, name) : path.resolve(name);
    const target = names.length > 1 ? path.join(to, path.basename(name)) : to;
    const filter = (at: string) => from !== undefined || !isLeftOut(path.relative(".", at));
    cpSync(source, target, { recursive: true, verbatimSymlinks: true, filter });
  }
}

function isLeftOut(file: string): boolean {
  return LEFT_OUT.has(file) || (file.startsWith(".env") && LEFT_OUT.has(".env*"));
}

function run({ root, workdir, env }: Stage, command: string): void {
  if (ELSEWHERE.test(command)) return;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: path.join(root, workdir),
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`RUN ${command} failed:\n${stdout}\n${stderr}`);
}
