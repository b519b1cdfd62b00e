/** In which order test files run. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, by what their names say they do: a process for each point, a random walk, a history. */
const LONG = /crash|custody|property|clearing|restore|race/;

/** A file that takes minutes and begins last would run alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => Number(LONG.test(moduleId.replace(/^.*\//, "")));
    return files.toSorted((a, b) => isLong(b) - isLong(a));
  }
}
