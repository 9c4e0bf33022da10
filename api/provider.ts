/** Hosts of the large providers, whose limits differ; everything else is `generic`. */
const PROVIDERS: readonly (readonly [name: string, host: RegExp])[] = [
  ['gmail', /^imap\.(?:gmail|googlemail)\.com$/],
  ['outlook', /^(?:outlook\.office365\.com|imap-mail\.outlook\.com)$/],
  ['yahoo', /^imap\.mail\.yahoo\.[a-z.]+$/],
  ['icloud', /^imap\.mail\.me\.com$/],
];

/** The provider profile of a mail server, by its host. */
export function providerOf(host: string): string {
  const name = host.toLowerCase();
  return PROVIDERS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'generic';
}
