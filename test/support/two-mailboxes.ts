import { aMessage, type MessageIntent } from '../../local/demo/build.ts';
import { startTestDovecot } from './dovecot.ts';
import { aPipeline, decisionsOf } from './pipeline.ts';

const ANA = { address: 'ana@acme.example', username: 'ana', password: 'secret' };
const BEN = { address: 'ben@acme.example', username: 'ben', password: 'secret' };
const USERS = [ANA, BEN].map(({ username, password }) => ({ user: username, password }));

/** A message of Jill to Ana unless it is said otherwise. */
export const fromJill = (subject: string, intent: MessageIntent = {}) =>
  aMessage({ from: 'jill@customer.example', to: 'ana@acme.example', subject, ...intent });

/** Ana's and Ben's mailboxes on a server of their own, and a workspace that knows Jill at Customer Ltd. */
export async function twoMailboxes(
  options: Parameters<typeof aPipeline>[0] = {},
  extraConfig = '',
) {
  const stack = new AsyncDisposableStack();
  const dovecot = stack.use(await startTestDovecot({ users: USERS, extraConfig }));
  const pipeline = stack.use(await aPipeline(options));
  const customer = await pipeline.addAccount('Customer Ltd', ['customer.example']);
  const jill = await pipeline.addContact('Jill', ['jill@customer.example'], [customer]);
  const { imapPort: port } = dovecot;
  return {
    ...{ dovecot, pipeline, customer, jill, db: pipeline.database.db },
    connectAna: (policy?: Parameters<typeof pipeline.connect>[1]) =>
      pipeline.connect({ ...ANA, port }, policy),
    connectBen: () => pipeline.connect({ ...BEN, port }),
    verdicts: async () =>
      (await decisionsOf(pipeline)).map(({ subject, verdict, reason }) => [
        subject,
        reason ?? verdict,
      ]),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
