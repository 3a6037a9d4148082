import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RawRequest } from "./raw-request.ts";
import type { Random } from "./sandbox/random.ts";

const BUILD = readFileSync(join(import.meta.dirname, "../.next/BUILD_ID"), "utf8").trim();

/** Headers by which frameworks and the servers before them speak among themselves, as a stranger would send them. */
const INNER_HEADERS: Record<string, string>[] = [
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" },
  { "x-middleware-next": "1", "x-middleware-rewrite": "/api/orders", "x-middleware-override-headers": "cookie" },
  {
    "x-middleware-request-cookie": "next-auth.session-token=x",
    "x-middleware-set-cookie": "next-auth.session-token=x",
  },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-url": "/orders" },
  { rsc: "1", "next-router-prefetch": "2", "next-router-segment-prefetch": "/_tree" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_full" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/!KHBvcnRhbCk/orders/$d$id/__PAGE__" },
  {
    rsc: "1",
    "next-router-state-tree": encodeURIComponent('["",{"children":["(portal)",{"children":["orders",{}]}]}]'),
  },
  { rsc: "1", "next-router-state-tree": "%" },
  { "x-nextjs-data": "1" },
  { "x-matched-path": "/orders/[id]", "x-now-route-matches": "1=orders&nxtPid=orders" },
  { "x-invoke-path": "/orders", "x-invoke-status": "200", "x-invoke-query": "%7B%7D", "x-invoke-output": "/orders" },
  { "next-resume": "1", "x-next-resume-state-length": "9999999" },
  { "x-prerender-revalidate": "x", "x-prerender-revalidate-if-generated": "1", "x-nextjs-cache": "HIT" },
  { "x-http-method-override": "GET", "x-method-override": "GET", "x-http-method": "GET" },
  { "x-original-url": "/orders", "x-rewrite-url": "/orders", "x-forwarded-prefix": "/orders" },
  { "x-forwarded-host": "localhost", "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1", "x-real-ip": "::1" },
  { authorization: "Basic YWRtaW46YWRtaW4=", "proxy-authorization": "Bearer cbk_x" },
  { authorization: "Bearer cbk_", "x-api-key": "cbk_x" },
  { purpose: "prefetch", "sec-purpose": "prefetch;prerender", "x-purpose": "preview" },
  { cookie: "__prerender_bypass=x; __next_preview_data=x; next-auth.session-token=%" },
  { "content-security-policy": `script-src 'nonce-"><script>stranger()</script>'` },
  { range: "bytes=0-", "if-none-match": "*", "if-modified-since": "Sat, 01 Jan 2000 00:00:00 GMT" },
];

const SUFFIXES = [
  ".rsc",
  ".prefetch.rsc",
  ".segments/_tree.segment.rsc",
  ".segments/_full.segment.rsc",
  ".segments/_index.segment.rsc",
  ".segments/!KHBvcnRhbCk/orders/$d$id/__PAGE__.segment.rsc",
  ".json",
  ".txt",
  ".png",
  ".svg",
  ".webmanifest",
  "/",
  "//",
  "/.",
  "/..;/",
  "/%2e%2e/orders",
  "%2f",
  "%00",
  "%00.png",
  "%20",
  ".",
  ";.png",
  "%3b.txt",
  "%3f.png",
  "%23.svg",
  "\\",
  "~",
  "/route",
  "/page",
];

const QUERIES = [
  "_rsc=1",
  "_rsc=x&_rsc=y",
  "nxtPid=orders&nxtIid=orders",
  "nxtPvendor=meditlink&nxtPpath=v1%2Forders",
  "__nextDataReq=1",
  "__nextLocale=de&__nextDefaultLocale=en&__nextInferredLocaleFromDefault=1",
  "__nextFallback=1&amp=1&__nextppronly=1&__NEXT_SSG=1",
  "slug=x&id=x&%69d=y&id[]=z",
  "_method=GET&method=GET&X-HTTP-Method-Override=GET",
  "callbackUrl=//stranger.example",
  "__proto__[id]=x&constructor=x",
];

/** @returns requests in the shape of each known way around a framework's doors, for one address */
export function knownShapesOf(address: string): RawRequest[] {
  const get = (target: string, headers: Record<string, string> = {}) => ({ method: "GET", target, headers });
  const inner = address.slice(1).replaceAll("/", "%2F");
  const encoded = encodeURIComponent(address);
  return [
    get(address),
    ...INNER_HEADERS.map((headers) => get(address, headers)),
    ...SUFFIXES.map((suffix) => get(address + suffix)),
    ...SUFFIXES.slice(0, 6).map((suffix) => get(address + suffix, { rsc: "1", "next-router-prefetch": "1" })),
    ...QUERIES.map((query) => get(`${address}?${query}`)),
    ...["", "/en", "/de", "/default"].map((locale) => get(`/_next/data/${BUILD}${locale}${address}.json`)),
    get(`/_next/data/${BUILD}${address}.json`, { "x-nextjs-data": "1" }),
    get(`/de${address}`),
    get(`/_next/image?url=${encoded}&w=640&q=75`),
    get(`/_next/static/..%2f..%2f${inner}`),
    get(`/_next/static/../../${inner}`),
    get(`//127.0.0.1${address}`),
    get(`/${inner}`),
    get(`/.${address}`),
    get(`/%2e${address}`),
    get(`/health/..${address}`),
    get(`/api/health/live/%2e%2e/%2e%2e/${address.slice(1)}`),
    get(address.toUpperCase()),
    get(address.replace(/.$/, (last) => `%${last.charCodeAt(0).toString(16)}`)),
    get(address.replace(/^\/./, (first) => `/%25${first.charCodeAt(1).toString(16)}`)),
    get(`http://127.0.0.1${address}`, { host: "stranger.example" }),
    ...["HEAD", "OPTIONS", "PROPFIND", "REPORT"].map((method) => ({ method, target: address, headers: {} })),
    ...["GET", "HEAD", "PUT"].map((method) => ({
      method: "POST",
      target: `${address}?_method=${method}`,
      headers: { "x-http-method-override": method, "content-type": "application/json" },
      body: "{}",
    })),
    ...actionsOn(address),
  ];
}

/** Calls of server functions, which the portal has none of, with bodies that their decoder has stumbled over. */
function actionsOn(target: string): RawRequest[] {
  const action = { "next-action": "0".repeat(42) };
  const form = (body: string): RawRequest => ({
    method: "POST",
    target,
    headers: { ...action, "content-type": "multipart/form-data; boundary=x" },
    body: `--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n${body}\r\n--x--\r\n`,
  });
  return [
    { method: "POST", target, headers: { ...action, "content-type": "text/plain;charset=UTF-8" }, body: '["$F1"]' },
    { method: "POST", target, headers: { ...action, "next-action": "../orders" }, body: "[]" },
    form('{"then":"$1:__proto__:then","status":"resolved_model","value":"{}","_response":{}}'),
    form('"$Q0"'),
    form("[".repeat(2_000)),
  ];
}

const PIECES = [
  "%2f",
  "%2F",
  "%5c",
  "\\",
  "//",
  "/./",
  "/x/../",
  "/%2e%2e/",
  "%252f",
  ";a=b",
  "%00",
  "%c0%af",
  "%EF%BC%8F",
];

/** @returns an address as nobody wrote it: one to three changes to one that there is */
function mutatePath(address: string, random: Random): string {
  let path = address;
  for (let change = random.int(1, 3); change > 0; change--) {
    const at = random.int(1, path.length - 1);
    const parts = path.split("/");
    const part = random.int(1, Math.max(1, parts.length - 1));
    path = random.pick([
      () => `${path.slice(0, at)}%${path.charCodeAt(at).toString(16).padStart(2, "0")}${path.slice(at + 1)}`,
      () => `${path.slice(0, at)}%25${path.charCodeAt(at).toString(16).padStart(2, "0")}${path.slice(at + 1)}`,
      () => path.slice(0, at) + random.pick(PIECES) + path.slice(at),
      () => path.replaceAll("/", random.pick(PIECES)).replace(/^[^/]+/, "/"),
      () => path.slice(0, at) + path.charAt(at).toUpperCase() + path.slice(at + 1),
      () => path + random.pick(SUFFIXES),
      () => parts.toSpliced(part, 1).join("/") || "/",
      () => parts.toSpliced(part, 0, parts[part] ?? "").join("/"),
      () => parts.with(part, `[${parts[part]}]`).join("/"),
      () => `/${random.pick(["_next", "de", "en", "(portal)", "api", "_next/data", "@modal", "."])}${path}`,
      () => path.slice(0, at) + random.pick(["é", "ÿ", "%ff", "%e2%80%ae", "%ud800", "%"]) + path.slice(at),
    ])();
  }
  return path.startsWith("/") ? path : `/${path}`;
}

/** A request that asks for one of these addresses in a way that nobody foresaw; the same for the same generator state. */
export function mutate(addresses: readonly string[], random: Random): RawRequest {
  const path = mutatePath(random.pick(addresses), random);
  return {
    method: random.chance(0.85) ? "GET" : random.pick(["HEAD", "OPTIONS", "POST", "PROPFIND"]),
    target: random.chance(0.3) ? `${path}?${random.pick(QUERIES)}` : path,
    headers: random.chance(0.5) ? random.pick(INNER_HEADERS) : {},
  };
}
