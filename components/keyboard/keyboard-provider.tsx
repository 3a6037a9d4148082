"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, Suspense, useContext, useState } from "react";
import { useShortcuts } from "./use-shortcuts.ts";

const KeyboardDialog = dynamic(() => import("./keyboard-dialog.tsx").then((file) => file.KeyboardDialog));

const CommandPalette = dynamic(() => import("./command-palette.tsx").then((file) => file.CommandPalette));

const ShowKeysContext = createContext<() => void>(() => {});

/** Opens the list of keys. */
export function useShowKeys(): () => void {
  return useContext(ShowKeysContext);
}

/** The keys that work on every page of the portal. */
export function KeyboardProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [shown, setShown] = useState(false);
  const [commanding, setCommanding] = useState(false);
  useShortcuts({
    showKeys: () => setShown(true),
    showCommands: () => setCommanding(true),
    goToOrders: () => router.push("/orders"),
    goToViewer: () => router.push("/viewer"),
    goToConnections: () => router.push("/connections"),
    goToSettings: () => router.push("/settings"),
  });
  return (
    <ShowKeysContext value={() => setShown(true)}>
      {children}
      <Suspense fallback={null}>
        {commanding && <CommandPalette onClose={() => setCommanding(false)} />}
        {shown && <KeyboardDialog onClose={() => setShown(false)} />}
      </Suspense>
    </ShowKeysContext>
  );
}
