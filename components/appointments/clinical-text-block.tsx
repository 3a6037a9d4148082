"use client";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import { DisclosureMark } from "#components/ui/disclosure-mark.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { ClinicalText, MentionView } from "#lib/appointments/appointment-schema.ts";

const LOOKS = {
  agrees: "bg-transparent text-inherit underline decoration-accepted decoration-2 underline-offset-2",
  differs: "bg-pending-soft text-pending",
  ambiguous: "bg-information-soft text-information",
} as const satisfies Record<MentionView["verdict"], string>;

/** A note or what was said, as plain text; teeth and shades are marked by whether the order says the same. */
export function ClinicalTextBlock({ part, open }: { part: ClinicalText; open: boolean }) {
  const t = useTranslations("appointments");
  return (
    <details className="group panel overflow-hidden" open={open}>
      <summary className="flex min-h-10 items-center gap-2 px-3 font-semibold">
        <DisclosureMark />
        {t(part.source === "note" ? "note" : "transcription")}
        {part.updatedAt && <Moment at={part.updatedAt} className="ml-auto font-normal text-muted text-xs" />}
      </summary>
      <div className="border-t px-3 py-2.5">
        {part.summary && <p className="mb-2 text-muted text-sm">{part.summary}</p>}
        <p className="max-h-80 overflow-y-auto whitespace-pre-wrap break-words text-sm">
          <MarkedText text={part.text} mentions={part.mentions} />
        </p>
      </div>
    </details>
  );
}

function MarkedText({ text, mentions }: { text: string; mentions: readonly MentionView[] }) {
  const t = useTranslations("appointments");
  if (mentions.length === 0) return text;
  return mentions.map((mention, index) => {
    const before = text.slice(mentions[index - 1]?.end ?? 0, mention.start);
    const isLast = index === mentions.length - 1;
    const verdict = t(`verdict_${mention.verdict}`);
    return (
      <span key={mention.start}>
        {before}
        <mark title={verdict} className={classNames("rounded-sm px-0.5", LOOKS[mention.verdict])}>
          {text.slice(mention.start, mention.end)}
          {mention.verdict !== "agrees" && <span className="sr-only">{t("verdictSpoken", { verdict })}</span>}
        </mark>
        {isLast && text.slice(mention.end)}
      </span>
    );
  });
}
