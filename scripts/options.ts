import { type ParseArgsConfig, parseArgs } from "node:util";

const HELP = { help: { type: "boolean", short: "h" } } as const;

/** A command's options by node:util. With --help it says `usage` and ends; with an option that it doesn't know too, by 2. */
export function optionsOf<T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    const parsed = parseArgs({ ...config, options: { ...config.options, ...HELP } });
    if (!("help" in parsed.values)) return parsed as ReturnType<typeof parseArgs<T>>;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
  console.log(usage);
  process.exit(0);
}
