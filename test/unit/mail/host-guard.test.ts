import { describe, expect, test } from 'vitest';
import { MailError } from '../../../mail/errors.ts';
import { resolveMailHost } from '../../../mail/host-guard.ts';

const PUBLIC = '142.250.102.108';

function asked(addresses: readonly string[], port = 993, allowLocal = false) {
  const resolve = () => Promise.resolve(addresses);
  return resolveMailHost('imap.example.com', port, { allowLocal, resolve });
}

async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MailError)) throw new Error('was let through');
  return `${error.kind}: ${error.message}`;
}

const REFUSED = 'host_refused: Mailroom may not connect to this host and port.';

describe('which hosts may be connected to (facts-mail.md section 5)', () => {
  test.each([993, 143, 995, 110])('a public address on port %i of IMAP or POP3', async (port) => {
    expect(await asked([PUBLIC], port)).toEqual({ address: PUBLIC });
  });

  test('a public IPv6 address', async () => {
    expect(await asked(['2a00:1450:4025:c03::6c'])).toEqual({ address: '2a00:1450:4025:c03::6c' });
  });

  test('IPv4 is taken first, because a host without IPv6 would never get through', async () => {
    expect(await asked(['2a00:1450:4025:c03::6c', PUBLIC])).toEqual({ address: PUBLIC });
  });

  test.each([
    ...['127.0.0.1', '127.8.8.8', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['100.64.0.1', '100.100.100.200', '169.254.169.254', '168.63.129.16', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '192.0.0.192', '198.18.0.1', '240.0.0.1'],
    ...['::1', '::', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'ff02::1', 'fec0::1'],
    ...['::ffff:127.0.0.1', '::ffff:169.254.169.254', '::ffff:a00:1', '64:ff9b::127.0.0.1'],
    ...['64:ff9b:1::a00:1', '::127.0.0.1', '64:ff9b::a9fe:a9fe', '2002:7f00:1::'],
  ])('trap 14: %s is refused, alone and beside a public address', async (address) => {
    expect(await refusalOf(asked([address]))).toBe(REFUSED);
    expect(await refusalOf(asked([PUBLIC, address]))).toBe(REFUSED);
    expect(await refusalOf(asked([address, PUBLIC]))).toBe(REFUSED);
  });

  test.each([25, 22, 80, 443, 465, 587, 5432, 7233])('port %i is refused', async (port) => {
    expect(await refusalOf(asked([PUBLIC], port))).toBe(REFUSED);
  });

  test.each([
    ['submission', [465, 587], [25, 443, 993]],
    ['https', [443], [80, 8443, 993]],
  ] as const)('other ports are for %s, and no others', async (purpose, open, closed) => {
    const ask = (port: number) => resolveMailHost(PUBLIC, port, { allowLocal: false, purpose });
    for (const port of open) expect(await ask(port)).toEqual({ address: PUBLIC });
    for (const port of closed) expect(await refusalOf(ask(port))).toBe(REFUSED);
  });

  test.each([
    ...['127.0.0.1', '[::1]', 'localhost', '127.1', '2130706433', '0x7f.1', '0177.0.0.1'],
    ...['', 'a b', 'a/b', 'user@host', 'imap.example.com:25', 'fe80::1%lo', 'x\r\ny'],
  ])('the host %j is refused in the same words', async (host) => {
    expect(await refusalOf(resolveMailHost(host, 993, { allowLocal: false }))).toBe(REFUSED);
  });

  test('a name without addresses is refused', async () => {
    expect(await refusalOf(asked([]))).toBe(REFUSED);
  });

  test('R55 a resolver that is down is an outage, not a refusal', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('x'), { code: 'EAI_AGAIN' }));
    const attempt = resolveMailHost('imap.example.com', 993, { allowLocal: false, resolve });
    expect(await refusalOf(attempt)).toBe('server_unavailable: Could not find the mail server.');
  });
});

describe('with local servers allowed by the configuration', () => {
  test('loopback may be connected to on any port', async () => {
    expect(await asked(['127.0.0.1'], 10_143, true)).toEqual({ address: '127.0.0.1' });
    const local = await resolveMailHost('127.0.0.1', 4000, { allowLocal: true });
    expect(local).toEqual({ address: '127.0.0.1' });
  });

  test('nothing else becomes allowed by it', async () => {
    for (const address of ['10.0.0.1', '169.254.169.254', '192.168.0.1', 'fe80::1']) {
      expect(await refusalOf(asked([address], 993, true))).toBe(REFUSED);
      expect(await refusalOf(asked(['127.0.0.1', address], 993, true))).toBe(REFUSED);
    }
    expect(await refusalOf(asked([PUBLIC], 5432, true))).toBe(REFUSED);
  });
});
