/** What is not there after this long is missing. */
const ANSWER_MS = 2_000;

/** What a process needs to do its work, by name; false or a failure means that it is not there. */
export type Checks = Readonly<Record<string, () => Promise<boolean>>>;

/** The answer of `/readyz`, with its HTTP status. */
export interface Readiness {
  readonly status: 200 | 503;
  readonly body: { readonly status: 'ok' | 'unavailable'; readonly missing: readonly string[] };
}

/** Asks all checks at once. Whoever asks meanwhile gets the same answer, so that asking often costs nothing. */
export function createReadiness(checks: Checks, answerMs = ANSWER_MS): () => Promise<Readiness> {
  let asking: Promise<Readiness> | null = null;
  return () => {
    asking ??= ask(checks, answerMs).finally(() => {
      asking = null;
    });
    return asking;
  };
}

async function ask(checks: Checks, answerMs: number): Promise<Readiness> {
  const found = await Promise.all(
    Object.entries(checks).map(async ([name, check]) =>
      (await isThere(check, answerMs)) ? [] : [name],
    ),
  );
  const missing = found.flat();
  if (missing.length > 0) return { status: 503, body: { status: 'unavailable', missing } };
  return { status: 200, body: { status: 'ok', missing } };
}

async function isThere(check: () => Promise<boolean>, answerMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), answerMs);
  });
  try {
    return await Promise.race([check(), silence]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
