"use client";
import { useTranslations } from "use-intl";
import { useMember } from "#components/portal/member-context.tsx";
import { TextField } from "#components/ui/field.tsx";
import { type Fdi, printTeeth, type ToothNotation } from "#lib/teeth/tooth.ts";

const NOTATIONS = { fdi: "FDI", universal: "Universal" } as const satisfies Record<ToothNotation, string>;

/** Teeth in the member's notation, ranges allowed; below it what they are in the other one. */
export function TeethField(props: { text: string; teeth: Fdi[] | null; onChange: (text: string) => void }) {
  const t = useTranslations("patientChart");
  const { toothNotation } = useMember();
  const other: ToothNotation = toothNotation === "fdi" ? "universal" : "fdi";
  const example = toothNotation === "fdi" ? "13-23, 36" : "1-5, 8";
  return (
    <TextField
      label={t("teeth", { notation: NOTATIONS[toothNotation] })}
      value={props.text}
      autoComplete="off"
      onChange={(event) => props.onChange(event.target.value)}
      problem={props.teeth === null ? t("teethWrong", { notation: NOTATIONS[toothNotation], example }) : undefined}
      hint={
        props.teeth?.length
          ? t("teethOther", { notation: NOTATIONS[other], teeth: printTeeth(props.teeth, other) })
          : t("teethNone")
      }
    />
  );
}
