import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { limitsAt } from '../domain/providers.ts';
import { acquireLease, releaseLease, renewLease, requestLease } from '../drizzle/leases.ts';
import type { Mailbox } from '../drizzle/mailboxes.ts';
import type { Access } from './mailbox-access.ts';
import { refusal, type Refusal } from './refusal.ts';

/** A process that dies leaves the mailbox closed to the others for this long. */
const LEASE_MS = 20_000;
const RENEW_MS = 6_000;
/** How long a person waits for a visit to end; longer, and the browser asks again. */
const PATIENCE_MS = 20_000;
const ASK_AGAIN_MS = 250;
const COME_BACK_SECONDS = 30;

/** A signal that the lease is lost, or a refusal. Whoever only watches the mailbox lets go when asked. */
export async function takeLease(
  stack: AsyncDisposableStack,
  { services, signal, patienceMs = PATIENCE_MS }: Access,
  { id: mailboxId, workspaceId, server, provider }: Mailbox,
): Promise<AbortSignal | Refusal> {
  const { db } = services.database;
  const holder = `api:${randomUUID()}`;
  const until = performance.now() + patienceMs;
  for (;;) {
    const answer = await acquireLease(db, {
      ...{ mailboxId, workspaceId, holder, purpose: 'download', ttlMs: LEASE_MS },
      host: server.host.toLowerCase(),
      limits: limitsAt(server.host, provider),
    });
    if (answer.kind === 'granted') break;
    if (answer.what === 'mailbox') await requestLease(db, mailboxId);
    const waitMs = answer.what === 'pace' ? answer.retryAfterMs : ASK_AGAIN_MS;
    if (performance.now() + waitMs > until) {
      const message = 'The mailbox is being read at the moment. Try again in half a minute.';
      return refusal(503, 'MAILBOX_BUSY', message, COME_BACK_SECONDS);
    }
    await delay(waitMs, undefined, { signal });
  }
  stack.defer(() => releaseLease(db, mailboxId, holder));
  return whileRenewed(stack, () =>
    renewLease(db, mailboxId, holder, { ttlMs: LEASE_MS, purpose: 'download' }),
  );
}

/** Without the lease the connection must end: another process may have one by now. */
function whileRenewed(stack: AsyncDisposableStack, renew: () => Promise<boolean>): AbortSignal {
  const lost = new AbortController();
  const timer = setInterval(() => {
    renew().then(
      (isOurs) => {
        if (!isOurs) lost.abort();
      },
      () => lost.abort(),
    );
  }, RENEW_MS);
  stack.defer(() => clearInterval(timer));
  return lost.signal;
}
