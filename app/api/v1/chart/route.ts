import { serve } from "#app/door/api/serve.ts";
import { getChart } from "./chart.ts";

export const dynamic = "force-dynamic";

export const { GET, POST, PUT, PATCH, DELETE } = serve(getChart);
