"use client";
import { useTranslations } from "use-intl";
import { Problem } from "#components/api/problem.ts";
import { PasswordField, SelectField, TextField } from "#components/ui/field.tsx";
import type { VendorOffer } from "#lib/connections/connection-schema.ts";
import { TIME_ZONES } from "#lib/time-zones.ts";
import { ConnectDialog, type ConnectProps } from "./connect-dialog.tsx";

/** Whatever a vendor's sign-in asks for, one field each: checked with the vendor before anything is kept. */
export function CredentialsDialog({ offer, renews, onClose }: ConnectProps) {
  const t = useTranslations("connections");
  const vendor = offer.name;
  return (
    <ConnectDialog
      offer={offer}
      renews={renews}
      onClose={onClose}
      lead={t(offer.auth === "key" ? "addKey" : "addPassword", { vendor })}
      names={offer.fields.map(({ name }) => name)}
      fields={(error) => {
        const wrong = new Set(fieldsAtFault(error));
        const inputs = (
          <>
            {offer.fields.map((field, at) => (
              <CredentialInput
                key={field.name}
                field={field}
                vendor={vendor}
                isFirst={at === 0}
                isWrong={wrong.has(field.name)}
                initial={field.kind === "email" ? renews?.account : undefined}
              />
            ))}
            {offer.auth === "key" && <p className="text-muted text-sm">{t("keyTakesAWhile", { vendor })}</p>}
          </>
        );
        return { inputs, sayWhy: wrong.size > 0 };
      }}
    />
  );
}

/** "credentials.customerKey" of a refusal is the field of that name. */
function fieldsAtFault(error: unknown): string[] {
  if (!(error instanceof Problem)) return [];
  return error.invalidParams.flatMap(({ name }) => /^credentials\.(\w+)$/.exec(name)?.[1] ?? []);
}

const LABELS = {
  email: "email",
  password: "password",
  developerKey: "developerKey",
  customerKey: "customerKey",
  address: "address",
  pace: "pace",
  timeZone: "officeZone",
} as const;
const HINTS = {
  email: null,
  password: null,
  developerKey: "developerKeyHint",
  customerKey: "customerKeyHint",
  address: "addressHint",
  pace: "paceHint",
  timeZone: "officeZoneHint",
} as const;
const OPTIONS = {
  remote: "optionRemote",
  local: "optionLocal",
  service: "optionService",
  usual: "optionUsual",
  enterprise: "optionEnterprise",
} as const;

function CredentialInput(props: {
  field: VendorOffer["fields"][number];
  vendor: string;
  isFirst: boolean;
  isWrong: boolean;
  initial: string | undefined;
}) {
  const t = useTranslations("connections");
  const { field, vendor } = props;
  const hint = HINTS[field.name];
  const shared = {
    name: field.name,
    label: t(LABELS[field.name], { vendor }),
    hint: hint ? t(hint, { vendor }) : undefined,
    problem: props.isWrong ? t("fieldWrong") : undefined,
    autoFocus: props.isFirst,
    required: true,
  };
  if (field.kind === "choice")
    return (
      <SelectField
        {...shared}
        options={field.options.map(({ value, word, host }) => ({
          value,
          label: t(OPTIONS[word], { host: host ?? "" }),
        }))}
      />
    );
  if (field.kind === "zone")
    return (
      <SelectField
        {...shared}
        required={false}
        options={[
          { value: "", label: t("zoneOfOrganisation") },
          ...TIME_ZONES.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
        ]}
      />
    );
  if (field.kind === "secret") return <PasswordField {...shared} autoComplete="off" />;
  return <TextField {...shared} type="email" autoComplete="off" defaultValue={props.initial} />;
}
