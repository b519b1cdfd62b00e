/** What the system says of a process. Linux: elsewhere there is no /proc, and the answer is null. */
import { readFileSync } from "node:fs";

/** Memory that it really has (VmRSS), in MB of 1,000,000 bytes. */
export function residentMegabytes(pid: number | undefined): number | null {
  const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1];
  return kibibytes === undefined ? null : (Number(kibibytes) * 1_024) / 1e6;
}

/** Processor time that it has had on all cores, in milliseconds, to 10 ms. */
export function processorMs(pid: number | undefined): number | null {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isNaN(ticks) ? null : ticks * 10;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
