import type { Policy } from '../../domain/policy.ts';
import type { ProviderProfile } from '../../domain/provider.ts';
import { userError, type UserError } from '../errors.ts';
import type { Path } from './fields.ts';
import { SETTINGS } from './settings.ts';

type Pace = Partial<Pick<Policy, 'pollEveryMinutes' | 'push' | 'bytesPerDay' | 'loginsPerHour'>>;

/** Less would not read what arrives in an ordinary mailbox on an ordinary day. */
const MIN_BYTES_PER_DAY = 1_000_000;
/** As many as visits every quarter of an hour make. */
const MIN_LOGINS_PER_HOUR = 4;

/** R1: an admin may be gentler than the provider asks for, never less gentle. */
export function checkPace(
  { pollEveryMinutes, push, bytesPerDay, loginsPerHour }: Pace,
  { name, limits }: Pick<ProviderProfile, 'name' | 'limits'>,
  protocol: 'imap' | 'pop3',
): readonly UserError[] {
  const at = (field: string) => [...SETTINGS, field];
  const most = protocol === 'pop3' ? limits.pop3BytesPerDay : limits.imapBytesPerDay;
  return [
    ...outside(at('pollEveryMinutes'), pollEveryMinutes, { min: limits.minPollMinutes }, name),
    ...outside(at('bytesPerDay'), bytesPerDay, { min: MIN_BYTES_PER_DAY, max: most }, name),
    ...outside(
      at('loginsPerHour'),
      loginsPerHour,
      { min: MIN_LOGINS_PER_HOUR, max: limits.loginsPerHour },
      name,
    ),
    ...(push === true && protocol === 'pop3'
      ? [userError('invalid_settings', 'POP3 knows no push.', at('push'))]
      : []),
    ...(push === true && limits.watchedPerHost === 0
      ? [userError('invalid_settings', `${name} has no room for push.`, at('push'))]
      : []),
  ];
}

/**
 * The same for a whole workspace, whose mailboxes are at different providers: too little is refused here; of too much,
 * each mailbox gets what its provider allows (domain/budget.ts).
 */
export function checkSharedPace(
  { bytesPerDay, loginsPerHour }: Pace,
  at: Path,
): readonly UserError[] {
  return [
    ...outside([...at, 'bytesPerDay'], bytesPerDay, { min: MIN_BYTES_PER_DAY }),
    ...outside([...at, 'loginsPerHour'], loginsPerHour, { min: MIN_LOGINS_PER_HOUR }),
  ];
}

function outside(
  path: Path,
  value: number | null | undefined,
  { min, max = Infinity }: { readonly min: number; readonly max?: number },
  provider?: string,
): readonly UserError[] {
  if (value == null || (value >= min && value <= max)) return [];
  const [from, to] = [min.toLocaleString('en'), max.toLocaleString('en')];
  const range = max === Infinity ? `at least ${from}` : `${from} to ${to}`;
  const whose = provider === undefined ? '' : ` for this provider (${provider})`;
  return [userError('out_of_range', `This must be ${range}${whose}.`, path)];
}
