"use client";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";

/** How a visit to a vendor's consent page ended; the address carries it back here once. */
export function OutcomeBanner({ connections }: { connections: readonly ConnectionView[] }) {
  const t = useTranslations("connections");
  const ui = useTranslations("ui");
  const sentence = useProblemSentence();
  const mayConnect = useMay("connect");
  const router = useRouter();
  const params = useSearchParams();
  const [connected, problem] = [params.get("connected"), params.get("problem")];
  const forget = () => router.replace("/connections");
  if (problem)
    return (
      <Notice
        tone="problem"
        title={t("bannerProblem")}
        onDismiss={forget}
        dismissLabel={ui("dismiss")}
        action={
          mayConnect && (
            <Button asChild size="small">
              <a href="#add-connection">{t("startAgain")}</a>
            </Button>
          )
        }
      >
        {sentence(problem)}
      </Notice>
    );
  if (!connected) return null;
  const account = connections.find((connection) => connection.id === connected)?.account;
  return (
    <Notice
      tone="success"
      onDismiss={forget}
      dismissLabel={ui("dismiss")}
      action={
        <Button asChild size="small">
          <Link href="/orders">{t("toInbox")}</Link>
        </Button>
      }
    >
      {account ? t("bannerConnected", { account }) : t("bannerConnectedPlain")}
    </Notice>
  );
}
