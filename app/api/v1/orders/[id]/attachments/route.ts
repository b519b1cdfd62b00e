import { serve } from "#app/door/api/serve.ts";
import { postAttachment } from "../../attachments.ts";

export const dynamic = "force-dynamic";

export const { GET, POST, PUT, PATCH, DELETE } = serve(postAttachment);
