import { serve } from "#app/door/api/serve.ts";
import { postBatch } from "../orders.ts";

export const dynamic = "force-dynamic";

export const { GET, POST, PUT, PATCH, DELETE } = serve(postBatch);
