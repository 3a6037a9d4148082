import { signIn } from "next-auth/react";
import { Problem } from "#components/api/problem.ts";

/** Signs this browser in. @throws {Problem} wrong_credentials, too_many_attempts … */
export async function signInWithPassword(email: string, password: string): Promise<void> {
  const result = await signIn("credentials", { email, password, redirect: false }).catch(() => null);
  if (!result) throw new Problem({ code: "offline", status: 0 });
  if (result.error) throw new Problem({ code: result.error, status: result.status });
}
