/** What no person has mapped yet first; else in the order given. */
export function newFirst<T extends { mappedAt: Date | null }>(rows: T[]): T[] {
  return [...rows.filter(({ mappedAt }) => !mappedAt), ...rows.filter(({ mappedAt }) => mappedAt)];
}
