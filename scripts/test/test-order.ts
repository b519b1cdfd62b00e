/** In which order test files run. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take longest, by what their names say they do: a process for each point, a random walk, a history. */
const LONG = /crash|custody|property|clearing|restore|race/;

/**
 * First those that take longest, for one that takes minutes and begins last would run alone at the end; of these and of the
 * others, first what took longest here the last time. A project after the other, since workers are of one project alone,
 * and last the one of which each file takes a moment.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => Number(LONG.test(moduleId.replace(/^.*\//, "")));
    const isRules = ({ project }: TestSpecification) => Number(project.name === "rules");
    const known = await super.sort(files);
    return known.toSorted((a, b) => isRules(a) - isRules(b) || isLong(b) - isLong(a));
  }
}
