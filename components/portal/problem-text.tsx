"use client";
import { useTranslations } from "use-intl";
import { Problem, toProblemCode } from "#components/api/problem.ts";

/** The sentence for whatever went wrong. */
export function useProblemSentence(): (error: unknown) => string {
  const t = useTranslations("errors");
  return (error) =>
    t(error instanceof Problem ? error.code : typeof error === "string" ? toProblemCode(error) : "internal");
}

/** The sentence, and for faults of ours the reference that support can look up. */
export function ProblemText({ error }: { error: unknown }) {
  const sentence = useProblemSentence();
  const t = useTranslations("ui");
  const reference = error instanceof Problem && error.status >= 500 ? error.requestId : null;
  return (
    <>
      {sentence(error)}
      {reference && (
        <span className="mt-1 block font-mono text-muted text-xs">{t("requestId", { id: reference })}</span>
      )}
    </>
  );
}
