"use client";
import { useTranslations } from "use-intl";
import { Notice } from "#components/ui/notice.tsx";
import type { VisitNote } from "#lib/appointments/appointment-schema.ts";
import { ClinicalTextBlock } from "./clinical-text-block.tsx";
import { Dictation } from "./dictation.tsx";
import { useVisitWords } from "./use-visit-words.ts";
import { VisitDocument } from "./visit-document.tsx";

/** What was noted and said, what of it the order says otherwise, the dictation and the appointment's document. */
export function VisitNotes({ orderId, note }: { orderId: string; note: VisitNote }) {
  const t = useTranslations("appointments");
  const { texts, recorded, link } = note;
  return (
    <>
      <Differences note={note} />
      {texts.length === 0 && <p className="text-muted text-sm">{t("noNote")}</p>}
      {texts.map((part) => (
        <ClinicalTextBlock
          key={`${part.source} ${part.updatedAt} ${part.text.slice(0, 80)}`}
          part={part}
          open={part.source === "note"}
        />
      ))}
      {recorded !== false && <Dictation orderId={orderId} link={link} />}
      <VisitDocument orderId={orderId} note={note} />
    </>
  );
}

function Differences({ note: { texts, differences } }: { note: VisitNote }) {
  const t = useTranslations("appointments");
  const words = useVisitWords();
  const named = texts.some(({ mentions }) => mentions.length > 0);
  if (differences.length === 0) return named ? <Notice tone="success">{t("noDifferences")}</Notice> : null;
  return (
    <Notice tone="warning" title={t("differences", { count: differences.length })}>
      <ul className="list-disc pl-4">
        {differences.map((one) => (
          <li key={JSON.stringify(one)}>{words.difference(one)}</li>
        ))}
      </ul>
    </Notice>
  );
}
