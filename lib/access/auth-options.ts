import type { AuthOptions } from "next-auth";
import credentials from "next-auth/providers/credentials";
import { SESSION_SECONDS, sessionCookie } from "#lib/access/session-cookie.ts";
import { sessionSecret } from "#lib/access/session-secret.ts";
import { revokeSessionRow } from "#lib/access/sessions.ts";
import { signIn } from "#lib/access/sign-in.ts";
import { toAppError } from "#lib/api/problem.ts";
import { log } from "#lib/log/log.ts";

/**
 * next-auth keeps the cookie and the CSRF token; who may do what is read from our own session row with every request
 * (principal-of.ts). With credentials next-auth offers cookies only, so the cookie holds nothing but the row's id.
 */
export function authOptions(): AuthOptions {
  return {
    secret: sessionSecret(),
    useSecureCookies: sessionCookie().secure,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      credentials({
        credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
        async authorize(given, request) {
          try {
            const headers = new Headers((request.headers ?? {}) as Record<string, string>);
            const { sessionId, userId } = await signIn({
              email: given?.email ?? "",
              password: given?.password ?? "",
              headers,
            });
            return { id: userId, sid: sessionId };
          } catch (thrown) {
            const error = toAppError(thrown);
            if (error.status >= 500) log.error({ err: error }, "sign-in failed");
            throw new Error(error.code); // next-auth hands the message to the page as ?error=
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: (user as { sid?: string }).sid, sub: user.id } : token),
      session: ({ session, token }) => ({
        expires: session.expires,
        user: {},
        signedIn: typeof token.sid === "string",
      }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === "string") await revokeSessionRow(token.sid);
      },
    },
    logger: {
      error: (code) => log.warn({ code }, "next-auth"),
      warn: (code) => log.debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}
