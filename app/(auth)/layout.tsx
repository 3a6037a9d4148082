import type { ReactNode } from "react";
import { AuthStage } from "#components/auth/auth-stage.tsx";
import { Logo } from "#components/portal/logo.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const t = translatorFor(await requestLocale());
  return (
    <div className="grid min-h-dvh bg-surface lg:grid-cols-[minmax(480px,5fr)_7fr]">
      <div className="flex flex-col px-6 py-6 sm:px-12">
        <div className="flex items-center gap-2.5 font-semibold">
          <Logo className="size-7" />
          {t("app.name")}
        </div>
        <main className="flex flex-1 items-center justify-center py-10 lg:justify-start lg:pl-[max(0px,calc(50%-180px))]">
          {children}
        </main>
      </div>
      <AuthStage sentence={t("auth.illustration")} />
    </div>
  );
}
