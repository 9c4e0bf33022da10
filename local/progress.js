const QUIET_FOR_MS = 2_000;
const HEARTBEAT_EVERY_MS = 10_000;

/** @param {string} line */
export function print(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Awaits `work`; says what is going on when it takes longer than two seconds, and then every ten.
 *
 * @template T
 * @param {string} label
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  let heartbeat;
  const firstWord = setTimeout(() => {
    print(`  ${label} …`);
    heartbeat = setInterval(() => print(`  still ${label} … ${seconds()} s`), HEARTBEAT_EVERY_MS);
  }, QUIET_FOR_MS);
  try {
    return await work;
  } finally {
    clearTimeout(firstWord);
    if (heartbeat) {
      clearInterval(heartbeat);
      print(`  … after ${seconds()} s`);
    }
  }
}
