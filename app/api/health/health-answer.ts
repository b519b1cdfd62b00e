/** 200 when nothing is wrong, else 503 and what is, in one word: anybody may ask. */
export function healthAnswer(reason: string | null, facts: object = {}): Response {
  return Response.json(reason ? { status: "unavailable", reason, ...facts } : { status: "ok", ...facts }, {
    status: reason ? 503 : 200,
    headers: { "cache-control": "no-store" },
  });
}
