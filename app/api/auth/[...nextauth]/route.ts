import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#app/door/auth.ts";
import { toProblem } from "#app/door/errors.ts";
import { requireOwnOrigin } from "#app/door/origin.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own addresses. Our pages don't need them; both ways in end in people's `signIn`. */
export async function GET(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions());
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  try {
    requireOwnOrigin(request.headers);
  } catch (error) {
    return toProblem(error);
  }
  return NextAuth(request, context, authOptions());
}
