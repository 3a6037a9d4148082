/**
 * Where to go after sign-in: only a path of this origin is followed, so that a link cannot send a member elsewhere.
 * @returns "/orders" for everything else
 */
export function returnPath(callbackUrl: string | null | undefined, origin: string): string {
  if (!callbackUrl) return "/orders";
  try {
    const url = new URL(callbackUrl, origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : "/orders";
  } catch {
    return "/orders";
  }
}
