"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { VendorMark } from "#components/orders/order-marks.tsx";
import { Button } from "#components/ui/button.tsx";
import type { VendorOffer } from "#lib/connections/connection-schema.ts";
import { authorizeAddress } from "./connections-queries.ts";
import { CredentialsDialog } from "./credentials-dialog.tsx";
import { PasswordGrantDialog } from "./password-grant-dialog.tsx";

const EXPLANATIONS = { oauth: "addOauth", password: "addPassword", key: "addKey" } as const;

/** What can be connected here, and what is missing where it cannot. */
export function VendorOffers({ offers }: { offers: readonly VendorOffer[] }) {
  const t = useTranslations("connections");
  return (
    <ul className="grid grid-cols-1 gap-3 lg:grid-cols-2">
      {offers.map((offer) => (
        <li key={offer.vendor} className="panel flex flex-col gap-3 p-4">
          <h3 className="font-semibold [&_img]:size-6">
            <VendorMark vendor={offer.vendor} name={offer.name} withName />
          </h3>
          <p className="text-muted text-sm text-pretty">{t(EXPLANATIONS[offer.auth], { vendor: offer.name })}</p>
          {offer.plainHttp && <p className="text-pending text-xs">{t("plainHttp")}</p>}
          <div className="mt-auto flex flex-wrap gap-2">
            <OfferAction offer={offer} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function OfferAction({ offer }: { offer: VendorOffer }) {
  const t = useTranslations("connections");
  const [open, setOpen] = useState(false);
  if (!offer.configured)
    return <p className="text-pending text-sm">{t("notConfigured", { settings: offer.missingSettings.join(", ") })}</p>;
  if (offer.auth === "oauth")
    return (
      <>
        <ServerLinks offer={offer} />
        {offer.passwordGrant && (
          <Button look="quiet" onClick={() => setOpen(true)}>
            {t("withPassword")}
          </Button>
        )}
        {open && <PasswordGrantDialog offer={offer} onClose={() => setOpen(false)} />}
      </>
    );
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t("connectVendor", { vendor: offer.name })}
      </Button>
      {open && <CredentialsDialog offer={offer} onClose={() => setOpen(false)} />}
    </>
  );
}

/** One way to each authorization server: the world's, China's, stage. */
function ServerLinks({ offer }: { offer: VendorOffer }) {
  const t = useTranslations("connections");
  return offer.servers.map((server) => (
    <Button key={server.id} asChild look={server === offer.servers[0] ? "primary" : "plain"}>
      <a href={authorizeAddress(server.id)}>
        {offer.servers.length > 1
          ? t("connectAt", { server: server.name })
          : t("connectVendor", { vendor: offer.name })}
      </a>
    </Button>
  ));
}
