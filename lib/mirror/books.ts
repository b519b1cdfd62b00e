/** Whose books a row of the mirror belongs to: one organisation's, as one firm keeps it. */
export type Books = { firmId: string; connectionId: string };
