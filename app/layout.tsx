import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AppProviders } from "#components/portal/app-providers.tsx";
import { pageTitle } from "#components/portal/page-title.ts";
import { THEME_COOKIE, toTheme } from "#components/portal/theme.ts";
import { compiledMessagesOf } from "#lib/i18n/compiled-messages.ts";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";
import "./globals.css";

const inter = localFont({
  src: [{ path: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", style: "normal" }],
  weight: "100 900",
  variable: "--font-inter",
  display: "swap",
});

export async function generateMetadata(): Promise<Metadata> {
  const t = translatorFor(await requestLocale());
  return {
    title: { default: t("app.name"), template: pageTitle("%s", t("app.name")) },
    description: t("app.tagline"),
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f5f6" },
    { media: "(prefers-color-scheme: dark)", color: "#0e1113" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await requestLocale();
  const theme = toTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang={locale} data-theme={theme} className={inter.variable}>
      <body>
        <AppProviders locale={locale} messages={compiledMessagesOf(locale)} now={Date.now()}>
          {children}
        </AppProviders>
      </body>
    </html>
  );
}
