import type { MetadataRoute } from "next";

/** Installed on a phone or a bench computer, the portal opens on the inbox without the browser's frame (W3C, Web Application Manifest). */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "Casebench",
    short_name: "Casebench",
    start_url: "/orders",
    scope: "/",
    display: "standalone",
    background_color: "#f4f5f6",
    theme_color: "#0b656b",
    categories: ["medical", "productivity"],
    icons: [
      { src: "/icons/casebench-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/casebench-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/casebench-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
