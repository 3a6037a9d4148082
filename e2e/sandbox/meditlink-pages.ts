/** The pages a person sees at MeditLink: sign-in, consent, and a refusal that cannot be sent back to the client. */

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --paper: #fff; --field: #c7d0da; --accent: #0a5fb4; --back: #eef2f6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --paper: #18212b; --field: #46545f; --accent: #62acf2; --back: #0e141a; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: var(--back); color: var(--ink);
  font: 15px/1.5 "Segoe UI", system-ui, sans-serif; }
main { width: min(400px, 100%); background: var(--paper); border-radius: 14px; padding: 32px; box-shadow: 0 8px 40px #0002; }
.brand { font-weight: 700; letter-spacing: .02em; color: var(--accent); margin: 0 0 20px; }
.brand small { font-weight: 400; color: var(--ink); opacity: .7; }
h1 { font-size: 21px; margin: 0 0 6px; } p { margin: 0 0 16px; }
label { display: block; font-weight: 600; margin: 14px 0 4px; }
input:not([type=hidden]) { width: 100%; font: inherit; color: inherit; background: transparent; border: 1px solid var(--field); border-radius: 8px; padding: 10px 12px; }
button { font: inherit; font-weight: 600; border: 1px solid var(--accent); border-radius: 8px; padding: 10px 18px; cursor: pointer; }
.primary { background: var(--accent); color: var(--paper); } .plain { background: transparent; color: var(--accent); }
.actions { display: flex; gap: 10px; margin-top: 22px; } .problem { border-left: 3px solid #d0433c; padding: 6px 12px; }
ul { margin: 0 0 16px; padding-left: 20px; } .quiet { border: 0; padding: 0; font-weight: 400; text-decoration: underline; }
`;

const SCOPE_SENTENCES: Record<string, string> = {
  USER: "View your user info",
  GROUP: "View your group data",
  CASE: "View your case data",
  FILE: "View your file data, and download",
  ORDER: "View your order data",
  FILE_MANAGE: "Manage your file data",
  ORDER_MANAGE: "Manage your order data: accept, cancel, reject",
};

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Medit Link (sandbox)</title><style>${STYLE}</style></head>
<body><main><p class="brand">Medit Link <small>sandbox</small></p>${body}</main></body></html>`;
}

/** `query` is the authorization request to continue with after signing in. */
export function loginPage(query: string, problem: string | null, email = ""): string {
  const alert = problem === null ? "" : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`;
  return page(
    "Log in",
    `<h1>Log in</h1><p>Use your Medit Link ID to continue.</p>${alert}
<form method="post" action="/login">
<input type="hidden" name="continue" value="${escapeHtml(query)}">
<label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="username" required value="${escapeHtml(email)}">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<div class="actions"><button class="primary" type="submit">Log in</button></div>
</form>`,
  );
}

export function consentPage(consentId: string, query: string, email: string, scopes: string[]): string {
  const list = scopes.map((scope) => `<li>${escapeHtml(SCOPE_SENTENCES[scope] ?? scope)}</li>`).join("");
  return page(
    "Allow access",
    `<h1>Allow Casebench to use your account?</h1><p>You are signed in as <strong>${escapeHtml(email)}</strong>.</p>
<ul>${list}</ul>
<form method="post" action="/oauth/authorize">
<input type="hidden" name="consent" value="${escapeHtml(consentId)}">
<div class="actions"><button class="primary" type="submit" name="decision" value="allow">Allow</button>
<button class="plain" type="submit" name="decision" value="deny">Deny</button></div>
</form>
<form method="post" action="/logout" style="margin-top:18px">
<input type="hidden" name="continue" value="${escapeHtml(query)}">
<button class="plain quiet" type="submit">Use another account</button>
</form>`,
  );
}

export function refusalPage(sentence: string): string {
  return page(
    "Request refused",
    `<h1>This request cannot be continued</h1><p class="problem" role="alert">${escapeHtml(sentence)}</p>`,
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
