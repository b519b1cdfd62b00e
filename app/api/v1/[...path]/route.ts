import { serve } from "#app/door/api/serve.ts";

export const dynamic = "force-dynamic";

/** Addresses that no call has. */
export const { GET, POST, PUT, PATCH, DELETE } = serve();
