/** The floor of every route: what Next costs for an answer that nothing was done for. */
export function POST(): Response {
  return new Response(null, { status: 200 });
}
