"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { reasonKeys, reasonsQuery } from "#components/orders/reasons-queries.ts";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { REASON_GROUPS, type ReasonGroup } from "#lib/reasons/reason-codes.ts";
import type { ReasonView } from "#lib/reasons/reason-schema.ts";
import { addReason, changeReason } from "./settings-queries.ts";
import { SettingsSection, useChange } from "./settings-section.tsx";

/** The organisation's reasons in their groups: named otherwise, switched off, and its own. */
export function ReasonsSection() {
  const t = useTranslations("reasons");
  const settings = useTranslations("settings");
  const { data } = useQuery(reasonsQuery());
  return (
    <SettingsSection title={settings("reasons")} lead={t("lead")}>
      <NewReason />
      {!data && <Skeleton className="mt-4 h-96 w-full max-w-xl" />}
      {data &&
        REASON_GROUPS.map((group) => (
          <section key={group} aria-label={t(`groups.${group}`)} className="mt-5 max-w-xl">
            <h3 className="font-semibold text-sm">{t(`groups.${group}`)}</h3>
            <ul className="mt-1 divide-y">
              {data.items
                .filter((reason) => reason.group === group)
                .map((reason) => (
                  <ReasonRow key={reason.code} reason={reason} />
                ))}
            </ul>
          </section>
        ))}
    </SettingsSection>
  );
}

function NewReason() {
  const t = useTranslations("reasons");
  const ui = useTranslations("ui");
  const [label, setLabel] = useState("");
  const [group, setGroup] = useState<ReasonGroup>("other");
  const add = useChange(addReason, reasonKeys.all, ui("saved"));
  return (
    <form
      className="flex max-w-xl flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ group, label: label.trim() }, { onSuccess: () => setLabel("") });
      }}
    >
      <div className="min-w-40 flex-1">
        <TextField
          label={t("label")}
          required
          maxLength={80}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
      </div>
      <SelectField
        label={t("group")}
        value={group}
        onChange={(event) => setGroup(event.target.value as ReasonGroup)}
        options={REASON_GROUPS.map((value) => ({ value, label: t(`groups.${value}`) }))}
      />
      <Button type="submit" look="primary" size="large" busy={add.isPending}>
        {t("add")}
      </Button>
    </form>
  );
}

/** Its name is changed in place: leaving the field or Enter saves, Escape brings back what it was. */
function ReasonRow({ reason }: { reason: ReasonView }) {
  const t = useTranslations("reasons");
  const ui = useTranslations("ui");
  const { code, label, builtIn, off } = reason;
  const [name, setName] = useState(label);
  const [told, setTold] = useState(label);
  if (label !== told) {
    setTold(label);
    setName(label);
  }
  const change = useChange(changeReason, reasonKeys.all, ui("saved"));
  const rename = () => {
    const wished = name.trim();
    if (wished === "") setName(label);
    if (wished === label || change.isPending || (wished === "" && !builtIn)) return;
    change.mutate({ code, label: wished === "" ? null : wished });
  };
  return (
    <li className="flex items-center gap-2 py-1.5">
      <input
        aria-label={t("nameOf", { label })}
        value={name}
        maxLength={80}
        className={classNames("field-box h-8 min-w-0 flex-1 px-2", off ? "text-muted line-through" : "")}
        onChange={(event) => setName(event.target.value)}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === "Enter") rename();
          if (event.key === "Escape") setName(label);
        }}
      />
      <span className="w-24 shrink-0 text-muted text-xs max-sm:hidden">{off ? t("off") : builtIn ? "" : t("own")}</span>
      <Button
        size="small"
        aria-label={`${t(off ? "switchOn" : "switchOff")}: ${label}`}
        onClick={() => change.mutate({ code, off: !off })}
      >
        {t(off ? "switchOn" : "switchOff")}
      </Button>
    </li>
  );
}
