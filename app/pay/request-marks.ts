/** Marks a request that app/pay-document answers: next.config.ts leads it there, and proxy.ts leaves it alone. */
export const RENDERER = "x-counterfoil-renderer";

/** Marks a request of our own for the specimen; nobody else is shown it. */
export const CHECK = "x-counterfoil-check";

/** The address as it was asked for. */
export const ADDRESS = "x-counterfoil-path";
