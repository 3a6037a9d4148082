"use client";
import { useTranslations } from "use-intl";
import { PasswordField, SelectField, TextField } from "#components/ui/field.tsx";
import { ConnectDialog, type ConnectProps } from "./connect-dialog.tsx";

/** For a portal whose callback the vendor has not registered: the password goes to the vendor once and is not kept. */
export function PasswordGrantDialog({ offer, renews, onClose }: ConnectProps) {
  const t = useTranslations("connections");
  const vendor = offer.name;
  const region = offer.servers.find((server) => server.region === renews?.region);
  const inputs = (
    <>
      {offer.servers.length > 1 ? (
        <SelectField
          label={t("server")}
          name="server"
          defaultValue={region?.id}
          options={offer.servers.map((server) => ({ value: server.id, label: server.name }))}
        />
      ) : (
        <input type="hidden" name="server" value={offer.servers[0]?.id ?? ""} />
      )}
      <TextField
        label={t("email", { vendor })}
        name="username"
        type="email"
        required
        autoFocus
        autoComplete="off"
        defaultValue={renews?.account}
      />
      <PasswordField label={t("password", { vendor })} name="password" required autoComplete="off" />
    </>
  );
  return (
    <ConnectDialog
      offer={offer}
      renews={renews}
      onClose={onClose}
      lead={t("grantText", { vendor })}
      names={["username", "password", "server"]}
      fields={() => ({ inputs })}
    />
  );
}
