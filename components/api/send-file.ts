import { Problem } from "#components/api/problem.ts";

/**
 * Sends a form with a file and tells how far it is. The one request that is not `fetch`: browsers report what has left only to
 * XMLHttpRequest.
 * @param onProgress the share that has left this computer, 0 to 1
 * @throws {Problem}
 */
export function sendFile<T>(path: string, form: FormData, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    };
    request.onerror = () => reject(new Problem({ code: "offline", status: 0 }));
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) return resolve(body as T);
      const { code = "internal", requestId, invalidParams } = (body ?? {}) as Partial<Problem>;
      reject(new Problem({ code, status: request.status, requestId, invalidParams }));
    };
    request.send(form);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
