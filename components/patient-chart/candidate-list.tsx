"use client";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { PatientCandidate } from "#lib/documents/document-schema.ts";

type Props = {
  candidates: readonly PatientCandidate[];
  chosen: string | null;
  onChoose: (key: string) => void;
};

/** Who it may be. Of birth date and chart number only a part is shown: the whole is asked for, from elsewhere. */
export function CandidateList({ candidates, chosen, onChoose }: Props) {
  const t = useTranslations("patientChart");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 font-medium text-sm">{t("candidates", { count: candidates.length })}</legend>
      {candidates.map((candidate) => (
        <label
          key={candidate.key}
          className={classNames(
            "flex cursor-pointer items-start gap-3 rounded-lg border px-3 py-2.5 hover:bg-hover",
            candidate.key === chosen && "border-accent bg-selected",
          )}
        >
          <input
            type="radio"
            name="candidate"
            checked={candidate.key === chosen}
            onChange={() => onChoose(candidate.key)}
            className="mt-1 size-4 accent-(--accent)"
          />
          <span className="min-w-0 flex-1">
            <span className="block font-medium">
              {candidate.lastName}, {candidate.firstName}
            </span>
            <span className="block text-muted text-sm">
              {candidate.birthDate ? t("bornIn", { year: candidate.birthDate.slice(0, 4) }) : t("noBirthDate")}
              {" · "}
              {t("patientNumber", { number: candidate.key })}
            </span>
          </span>
          <Marks candidate={candidate} />
        </label>
      ))}
    </fieldset>
  );
}

function Marks({ candidate }: { candidate: PatientCandidate }) {
  const t = useTranslations("patientChart");
  return (
    <span className="flex shrink-0 flex-col items-end gap-1 text-xs">
      {candidate.how === "code" && (
        <span className="rounded-full border border-accent px-2 py-0.5 font-medium text-accent">
          {t("namedByOrder")}
        </span>
      )}
      {candidate.nameAgrees === true && (
        <span className="inline-flex items-center gap-1 text-accepted">
          <CircleCheck aria-hidden className="size-3.5" />
          {t("nameAgrees")}
        </span>
      )}
      {candidate.nameAgrees === false && (
        <span className="inline-flex items-center gap-1 text-pending">
          <TriangleAlert aria-hidden className="size-3.5" />
          {t("nameDiffers")}
        </span>
      )}
      {!candidate.isActive && <span className="text-pending">{t("inactive")}</span>}
    </span>
  );
}
