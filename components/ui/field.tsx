"use client";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "./class-names.ts";

type FieldProps = { label: ReactNode; hint?: ReactNode; problem?: ReactNode; optional?: boolean };

/** Label, control, and below it either what is wrong or a hint; tied together for screen readers. */
export function Field(
  props: FieldProps & {
    children: (control: { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean }) => ReactNode;
  },
) {
  const t = useTranslations("ui");
  const id = useId();
  const below = props.problem ?? props.hint;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {props.label}
        {props.optional && <span className="ml-1 font-normal text-muted">({t("optional")})</span>}
      </label>
      {props.children({
        id,
        "aria-describedby": below ? `${id}-below` : undefined,
        "aria-invalid": props.problem ? true : undefined,
      })}
      {below && (
        <p id={`${id}-below`} className={classNames("text-sm", props.problem ? "text-rejected" : "text-muted")}>
          {below}
        </p>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  problem,
  optional,
  className,
  ...input
}: FieldProps & ComponentProps<"input">) {
  return (
    <Field label={label} hint={hint} problem={problem} optional={optional}>
      {(control) => (
        <input
          {...control}
          className={classNames("field-box h-10 w-full px-3", problem ? "border-rejected" : "", className)}
          {...input}
        />
      )}
    </Field>
  );
}

export function TextAreaField({ label, hint, problem, optional, ...input }: FieldProps & ComponentProps<"textarea">) {
  return (
    <Field label={label} hint={hint} problem={problem} optional={optional}>
      {(control) => <textarea {...control} rows={3} className="field-box w-full resize-y px-3 py-2" {...input} />}
    </Field>
  );
}

export function PasswordField(props: FieldProps & Omit<ComponentProps<"input">, "type">) {
  const t = useTranslations("ui");
  const [shown, setShown] = useState(false);
  const { label, hint, problem, optional, ...input } = props;
  return (
    <Field label={label} hint={hint} problem={problem} optional={optional}>
      {(control) => (
        <span className="relative block">
          <input
            {...control}
            type={shown ? "text" : "password"}
            className={classNames("field-box h-10 w-full pr-10 pl-3", problem ? "border-rejected" : "")}
            {...input}
          />
          <button
            type="button"
            onClick={() => setShown(!shown)}
            aria-label={t(shown ? "hidePassword" : "showPassword")}
            aria-pressed={shown}
            className="absolute inset-y-1 right-1 grid w-8 place-items-center rounded text-muted hover:text-text"
          >
            {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
          </button>
        </span>
      )}
    </Field>
  );
}

type Option = { value: string; label: string };
type OptionGroup = { label: string; options: readonly Option[] };

export function SelectField({
  label,
  hint,
  problem,
  options,
  groups = [],
  ...select
}: FieldProps & ComponentProps<"select"> & { options: readonly Option[]; groups?: readonly OptionGroup[] }) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <select
          {...control}
          className={classNames("field-box h-10 w-full px-2.5", problem ? "border-rejected" : "")}
          {...select}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
