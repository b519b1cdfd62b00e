/** Test only: the simulator for a test file. */
import { afterAll, beforeAll } from "vitest";
import { fileOf } from "./program.ts";
import { type Simulator, startSimulator } from "./simulator-process.ts";

/** Call at the top of a test file: started before its tests with the demo seed, stopped after. Sets SIMULATOR_URL and SMTP_URL. */
export function testSimulator(): () => Simulator {
  let simulator: Simulator | undefined;
  let stop = async () => {};
  beforeAll(async () => {
    ({ simulator, stop } = await startSimulator(fileOf("simulator/main.ts")));
    process.env.SIMULATOR_URL = simulator.url;
    process.env.SMTP_URL = `smtp://127.0.0.1:${simulator.smtpPort}`;
  });
  afterAll(() => stop());
  return () => {
    if (!simulator) throw new Error("The simulator starts before the first test");
    return simulator;
  };
}
