import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#app/door/auth.ts";
import { toProblem } from "#app/door/errors.ts";
import { requireOwnOrigin } from "#app/door/origin.ts";
import { readFormBody } from "#app/door/raw-body.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own addresses. Our pages don't need them; both ways in end in people's `signIn`. It reads a body of any size, so ours is read before. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions());
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  try {
    requireOwnOrigin(request.headers);
    const { url, method, headers } = request;
    const body = await readFormBody(request);
    return await NextAuth(new NextRequest(url, { method, headers, body }), context, authOptions());
  } catch (error) {
    return toProblem(error);
  }
}
