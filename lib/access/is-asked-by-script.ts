import { headers } from "next/headers";

/**
 * Whether the page being rendered is wanted by a page that is open already. Browsers say what a request is for (Fetch Metadata,
 * W3C, §2.1) to every secure origin and to localhost; where none says so, the page is made whole.
 */
export async function isAskedByScript(): Promise<boolean> {
  return (await headers()).get("sec-fetch-dest") === "empty";
}
