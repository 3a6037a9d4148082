"use client";
import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useRef, useState } from "react";

import type { Message, Tone } from "./toast-stack.tsx";

const ToastStack = lazy(() => import("./toast-stack.tsx").then((file) => ({ default: file.ToastStack })));
const ToastContext = createContext<(tone: Tone, text: string) => void>(() => {});

/** Says something that happened away from where the eye is now. */
export function useToast() {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const [spoken, setSpoken] = useState(false);
  const lastId = useRef(0);
  const show = useCallback((tone: Tone, text: string) => {
    const id = ++lastId.current;
    setSpoken(true);
    setMessages((old) => [...old.slice(-2), { id, tone, text }]);
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      {spoken && (
        <Suspense>
          <ToastStack
            messages={messages}
            forget={(id) => setMessages((old) => old.filter((message) => message.id !== id))}
          />
        </Suspense>
      )}
    </ToastContext>
  );
}
