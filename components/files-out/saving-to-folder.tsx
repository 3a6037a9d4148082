"use client";
import dynamic from "next/dynamic";
import { Suspense, useEffect, useState } from "react";
import { canWriteFolders } from "./folder-access.ts";

const AutoSaver = dynamic(() => import("./auto-saver.tsx").then((file) => file.AutoSaver));

/** Saving accepted orders to a folder, where the browser can; its code comes once the page has nothing else to do. */
export function SavingToFolder() {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    if (!canWriteFolders()) return;
    const waiting = requestIdleCallback(() => setIsWanted(true), { timeout: 5_000 });
    return () => cancelIdleCallback(waiting);
  }, []);
  return <Suspense fallback={null}>{isWanted && <AutoSaver />}</Suspense>;
}
