import { serve } from "#app/door/api/serve.ts";
import { getMapping } from "./mapping.ts";

export const dynamic = "force-dynamic";

export const { GET, POST, PUT, PATCH, DELETE } = serve(getMapping);
