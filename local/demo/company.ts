import type { DemoMailbox } from './demo-message.ts';
import { ANA_ALIAS } from './people.ts';

/** The company whose mail the demo files: what the start-up creates before anybody logs in. */
export const DEMO_WORKSPACE = {
  workspaceName: 'Northwind Coffee',
  adminName: 'Ana Sommer',
  adminAddress: 'ana@northwind-coffee.example',
  internalDomains: ['northwind-coffee.example'],
} as const;

/** The address of each connected mailbox; it is the login at the mail server too. */
export const MAILBOX_ADDRESSES: Readonly<Record<DemoMailbox, string>> = {
  ana: 'ana@northwind-coffee.example',
  ben: 'ben@northwind-coffee.example',
};

export interface DemoAccount {
  readonly name: string;
  readonly domains: readonly string[];
}

export interface DemoContact {
  readonly name: string;
  /** The first is the primary one. */
  readonly addresses: readonly string[];
  /** Names of accounts; the first is the default. */
  readonly accounts: readonly string[];
}

export interface DemoBlacklistEntry {
  readonly value: string;
  readonly note: string;
}

export const ACCOUNTS: readonly DemoAccount[] = [
  { name: 'Harbour Lane Cafés', domains: ['harbourlane.example'] },
  { name: 'Fjord & Bean', domains: ['fjordbean.example'] },
  { name: 'Kaffebrenneriet Nord', domains: ['kaffebrenneriet-nord.example'] },
  { name: 'Oakridge Hotels', domains: ['oakridgehotels.example'] },
  { name: 'Oakridge Offices', domains: ['oakridgeoffices.example'] },
  { name: 'Reyes Deli', domains: ['reyesdeli.example'] },
  { name: 'Reyes Catering', domains: [] },
  { name: 'Hart Ceramics', domains: ['hart-ceramics.example'] },
  { name: '喫茶ほし', domains: ['kissa-hoshi.example'] },
  { name: 'Кофейни «Зерно»', domains: ['zerno.example'] },
  { name: '茶山咖啡', domains: ['chashan.example'] },
  { name: 'Kaffeehaus Müller', domains: ['kaffeehaus-müller.example'] },
  { name: 'Supplies Direct', domains: ['supplies-direct.example'] },
];

export const CONTACTS: readonly DemoContact[] = [
  {
    name: 'Jill Marsh',
    addresses: ['jill@harbourlane.example', 'jill.marsh@marshfamily.example'],
    accounts: ['Harbour Lane Cafés'],
  },
  {
    name: 'Henrik Sjøberg',
    addresses: ['henrik@fjordbean.example'],
    accounts: ['Fjord & Bean'],
  },
  {
    name: 'Margit Aas',
    addresses: ['margit@kaffebrenneriet-nord.example'],
    accounts: ['Kaffebrenneriet Nord'],
  },
  // Works for both; linked to the offices last, but the hotels are the default (R17).
  {
    name: 'Priya Nair',
    addresses: ['priya.nair@oakridge-group.example'],
    accounts: ['Oakridge Hotels', 'Oakridge Offices'],
  },
  // Two people at one counter share an address (R16).
  { name: 'Tom Reyes', addresses: ['orders@reyesdeli.example'], accounts: ['Reyes Deli'] },
  { name: 'Sue Reyes', addresses: ['orders@reyesdeli.example'], accounts: ['Reyes Catering'] },
  { name: 'Lena Hart', addresses: ['lena.hart.studio@gmail.com'], accounts: ['Hart Ceramics'] },
  { name: '田中由紀', addresses: ['tanaka@kissa-hoshi.example'], accounts: ['喫茶ほし'] },
  { name: 'Ирина Волкова', addresses: ['irina@zerno.example'], accounts: ['Кофейни «Зерно»'] },
  { name: '陈伟', addresses: ['chen.wei@chashan.example'], accounts: ['茶山咖啡'] },
  {
    name: 'Klara Müller',
    addresses: ['klara@kaffeehaus-müller.example'],
    accounts: ['Kaffeehaus Müller'],
  },
  {
    name: 'Victor Crane',
    addresses: ['victor@supplies-direct.example'],
    accounts: ['Supplies Direct'],
  },
  // The self test (R10): Ana made a contact of her own second address.
  { name: 'Ana (private)', addresses: [ANA_ALIAS], accounts: [] },
];

export const BLACKLIST: readonly DemoBlacklistEntry[] = [
  { value: 'victor@supplies-direct.example', note: 'Cold sales, three times a month.' },
  { value: 'stonebridge-law.example', note: 'Our lawyers: what they write stays with us.' },
  { value: 'payroll@harbourlane.example', note: 'About people, not about coffee.' },
];
