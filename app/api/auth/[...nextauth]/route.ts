import NextAuth from "next-auth";
import { authOptions } from "#lib/access/auth-options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own paths: CSRF token, sign-in, sign-out, session. The options are read at the first request, not at build time. */
function handle(request: Request, context: Context): Promise<Response> {
  return NextAuth(authOptions())(request, context);
}

export { handle as GET, handle as POST };
