import type { MailLogin } from '../context.ts';
import { userError } from '../errors.ts';
import type { ImapServerInput, Pop3ServerInput } from '../schema.generated.ts';
import { ok, type Checked } from './fields.ts';
import { checkLogin } from './mailbox.ts';

/** An input that names a server by protocol. */
export interface ByProtocol<Imap, Pop3> {
  readonly imap?: Imap | null;
  readonly pop3?: Pop3 | null;
}

/** The one server that is named; an error unless it is exactly one. */
export function chosen<Imap, Pop3>({
  imap,
  pop3,
}: ByProtocol<Imap, Pop3>): Checked<
  { protocol: 'imap'; server: Imap } | { protocol: 'pop3'; server: Pop3 } | null
> {
  if (imap != null && pop3 == null) return ok({ protocol: 'imap', server: imap });
  if (pop3 != null && imap == null) return ok({ protocol: 'pop3', server: pop3 });
  const message = 'Give exactly one of imap and pop3.';
  return { value: null, userErrors: [userError('invalid_settings', message, ['input'])] };
}

/** The login of an input, as far as it can be judged without trying it. */
export function checkServer(
  input: ByProtocol<ImapServerInput, Pop3ServerInput>,
  allowLocal: boolean,
): Checked<MailLogin | null> {
  const { value, userErrors } = chosen(input);
  if (value === null) return { value, userErrors };
  return checkLogin({ ...value.server, protocol: value.protocol }, allowLocal);
}
