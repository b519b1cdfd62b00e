import { serve } from "#app/door/api/serve.ts";
import { postCancellation } from "../../take-back.ts";

export const dynamic = "force-dynamic";

export const { GET, POST, PUT, PATCH, DELETE } = serve(postCancellation);
