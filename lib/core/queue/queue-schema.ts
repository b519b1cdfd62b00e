/** The queue's own schema in the database, beside ours. */
export const QUEUE_SCHEMA = "queue";
