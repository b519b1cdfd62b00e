import type { Operation } from "#app/door/api/operation.ts";
import { getChart } from "./chart/chart.ts";

/** Every call of the API, in the order of the reference. */
export const OPERATIONS: Operation[] = [getChart];
