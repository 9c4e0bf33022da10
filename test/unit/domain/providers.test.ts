import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../domain/address.ts';
import {
  GENERIC,
  limitsAt,
  PROVIDERS,
  providerById,
  providerOfAddress,
  providerOfHost,
  providerOfMx,
  serversOf,
} from '../../../domain/providers.ts';

function idOfAddress(raw: string): string | null {
  const address = parseAddress(raw);
  if (address === null) throw new Error(`${raw} is no address`);
  return providerOfAddress(address)?.id ?? null;
}

describe('which provider it is (facts-mail.md section 1)', () => {
  test.each([
    ['imap.gmail.com', 'gmail'],
    ['IMAP.GMAIL.COM.', 'gmail'],
    ['pop.gmail.com', 'gmail'],
    ['outlook.office365.com', 'outlook'],
    ['imap-mail.outlook.com', 'outlook'],
    ['imap.mail.yahoo.com', 'yahoo'],
    ['imap.aol.com', 'aol'],
    ['imap.mail.me.com', 'icloud'],
    ['p42-imap.mail.me.com', 'icloud'],
    ['imap.fastmail.com', 'fastmail'],
    ['imappro.zoho.eu', 'zoho'],
    ['imap.yandex.ru', 'yandex'],
    ['imap.mail.ru', 'mailru'],
    ['imap.gmx.net', 'gmx'],
    ['imap.gmx.com', 'gmx'],
    ['imap.web.de', 'webde'],
    ['imap.126.com', '163'],
    ['imap.exmail.qq.com', 'qq'],
    ['imap.example.com', 'generic'],
    ['imap.gmail.com.evil.example', 'generic'],
    ['evilzoho.com', 'generic'],
    ['imap.zoho.com.evil.example', 'generic'],
    ['127.0.0.1', 'generic'],
    ['', 'generic'],
  ])('the host %s is of %s', (host, id) => {
    expect(providerOfHost(host).id).toBe(id);
  });

  test.each([
    ['jill@gmail.com', 'gmail'],
    ['jill@Hotmail.com', 'outlook'],
    ['jill@yahoo.co.uk', 'yahoo'],
    ['jill@mac.com', 'icloud'],
    ['jill@ya.ru', 'yandex'],
    ['jill@gmx.at', 'gmx'],
    ['jill@yeah.net', '163'],
    ['jill@customer.example', null],
    ['jill@mail.gmail.com', null],
  ])('the address %s is of %s', (address, id) => {
    expect(idOfAddress(address)).toBe(id);
  });

  test.each([
    ['aspmx.l.google.com', 'gmail'],
    ['ALT1.ASPMX.L.GOOGLE.COM.', 'gmail'],
    ['customer-example.mail.protection.outlook.com', 'outlook'],
    ['mx.yandex.net', 'yandex'],
    ['mx2.zoho.eu', 'zoho'],
    ['mta5.am0.yahoodns.net', 'yahoo'],
    ['mx-aol.mail.gm0.yahoodns.net', 'aol'],
    ['in1-smtp.messagingengine.com', 'fastmail'],
    ['mx01.mail.icloud.com', 'icloud'],
    ['mxbiz1.qq.com', 'qq'],
    ['mx.customer.example', null],
    ['google.com.evil.example', null],
  ])('the MX host %s is run by %s', (host, id) => {
    expect(providerOfMx(host)?.id ?? null).toBe(id);
  });

  test('an id that this version does not know is treated as any server', () => {
    expect(providerById('gmail').name).toBe('Gmail');
    expect(providerById('generic')).toBe(GENERIC);
    expect(providerById('compuserve')).toBe(GENERIC);
  });
});

describe('where its servers are', () => {
  const hostsOf = (id: string, domainOrMx: string) => {
    const { imap, pop3, smtp } = serversOf(providerById(id), domainOrMx);
    return [imap?.host, pop3?.host, smtp?.host];
  };

  test.each([
    ['gmail', 'gmail.com', ['imap.gmail.com', 'pop.gmail.com', 'smtp.gmail.com']],
    ['icloud', 'me.com', ['imap.mail.me.com', undefined, 'smtp.mail.me.com']],
    ['gmx', 'gmx.de', ['imap.gmx.net', 'pop.gmx.net', 'mail.gmx.net']],
    ['gmx', 'gmx.com', ['imap.gmx.com', 'pop.gmx.com', 'mail.gmx.com']],
    ['163', '126.com', ['imap.126.com', 'pop.126.com', 'smtp.126.com']],
    ['zoho', 'zoho.com', ['imap.zoho.com', 'pop.zoho.com', 'smtp.zoho.com']],
    ['zoho', 'mx.zoho.eu', ['imappro.zoho.eu', 'poppro.zoho.eu', 'smtppro.zoho.eu']],
    ['qq', 'mxbiz2.qq.com', ['imap.exmail.qq.com', 'pop.exmail.qq.com', 'smtp.exmail.qq.com']],
    [
      'outlook',
      'hotmail.com',
      ['outlook.office365.com', 'outlook.office365.com', 'smtp-mail.outlook.com'],
    ],
    [
      'outlook',
      'acme.mail.protection.outlook.com',
      ['outlook.office365.com', 'outlook.office365.com', 'smtp.office365.com'],
    ],
  ])('of %s for %s', (id, domainOrMx, hosts) => {
    expect(hostsOf(id, domainOrMx)).toEqual(hosts);
  });

  test.each(PROVIDERS.map((profile) => [profile.id, profile] as const))(
    'every server of %s is found again by its host, so that its limits bind',
    (id, profile) => {
      const places = [...profile.domains, ...(profile.variants ?? []).flatMap(({ at }) => at)];
      for (const place of places) {
        const { imap, pop3 } = serversOf(profile, place.replace(/^\./, 'mx.'));
        for (const server of [imap, pop3]) {
          if (server !== null) expect(providerOfHost(server.host).id, server.host).toBe(id);
        }
      }
    },
  );
});

describe('R1 limits', () => {
  test.each([...PROVIDERS, GENERIC].map((profile) => [profile.id, profile.limits] as const))(
    '%s is visited every 15 minutes, never more often than every 5, with logins for it',
    (_id, limits) => {
      expect(limits.pollEveryMinutes).toBe(15);
      expect(limits.minPollMinutes).toBe(5);
      expect(limits.loginsPerHour).toBeGreaterThanOrEqual(60 / limits.minPollMinutes);
      expect(limits.watchedPerHost).toBeLessThan(limits.connectionsPerHost);
      expect(limits.pop3BytesPerDay).toBeLessThanOrEqual(limits.imapBytesPerDay);
    },
  );

  test('Gmail allows 2500 MB a day by IMAP and 1250 by POP3, and nobody more', () => {
    const { imapBytesPerDay, pop3BytesPerDay } = providerById('gmail').limits;
    expect([imapBytesPerDay, pop3BytesPerDay]).toEqual([2_500_000_000, 1_250_000_000]);
    for (const { limits } of PROVIDERS) {
      expect(limits.imapBytesPerDay).toBeLessThanOrEqual(imapBytesPerDay);
    }
  });

  test("servers that nobody knows get one connect a second at most, this machine's own more", () => {
    expect(limitsAt('mail.hoster.example', 'generic')).toBe(GENERIC.limits);
    expect(GENERIC.limits.connectsPerSecond).toBeLessThanOrEqual(1);
    for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]']) {
      expect(limitsAt(host, 'generic').connectsPerSecond).toBeGreaterThanOrEqual(20);
    }
    for (const host of ['127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1']) {
      expect(limitsAt(host, 'generic')).toBe(GENERIC.limits);
    }
    expect(limitsAt('127.0.0.1', 'gmail')).toBe(providerById('gmail').limits);
  });

  test('Microsoft takes no password at all', () => {
    expect(providerById('outlook').auth).toEqual(['microsoft']);
  });
});
