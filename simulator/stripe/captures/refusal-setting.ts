/** Where a lever leaves word that the next capture of an intent is declined, and how. */
export const refusalSetting = (intent: string) => `stripe.captureRefusal.${intent}`;
