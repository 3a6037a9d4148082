/**
 * Signs in at the sandbox's MeditLink and allows access, as a person would in a browser.
 * @param authorizeUrl where Casebench would send the browser
 * @returns the address the browser would be sent back to, with code and state
 * @throws {Error} when a page of the sandbox answers otherwise than expected
 */
export async function consentAtSandbox(
  authorizeUrl: string,
  account: { email: string; password: string },
): Promise<URL> {
  const cookies = new Map<string, string>();
  const visit = async (url: string, form?: Record<string, string>) => {
    const response = await fetch(url, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]!.split(/=(.*)/s);
      cookies.set(name, value);
    }
    return { response, html: await response.text(), location: response.headers.get("location") };
  };
  const origin = new URL(authorizeUrl).origin;
  const loginPage = await visit(authorizeUrl);
  const login = await visit(`${origin}/login`, { continue: hiddenField(loginPage.html, "continue"), ...account });
  const consentPage = login.location ? await visit(new URL(login.location, origin).href) : login;
  const consent = await visit(`${origin}/oauth/authorize`, {
    consent: hiddenField(consentPage.html, "consent"),
    decision: "allow",
  });
  if (!consent.location)
    throw new Error(`The sandbox's consent page answered ${consent.response.status} instead of sending back.`);
  return new URL(consent.location);
}

function hiddenField(html: string, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];
  if (value === undefined) throw new Error(`The sandbox's page has no field "${name}".`);
  return value.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
