import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { simpleParser } from 'mailparser';
import { z } from 'zod';
import { peerPackage } from '../local/peer-packages.js';
import { readContents } from '../mail/content.ts';
import { decodePart } from '../mail/content-part.ts';
import { readRawMessage } from '../mail/raw-message.ts';
import { spamAssassinMessages } from '../test/support/spam-assassin.ts';
import { median } from './numbers.ts';
import type { Options } from './options.ts';
import type { Section } from './report.ts';

/** As a content thread gets them (mail/content-pool.ts). */
const AT_ONCE = 20;

interface Contender {
  readonly name: string;
  readonly does: string;
  readonly read: (messages: readonly Buffer[]) => Promise<void>;
}

const OURS: readonly Contender[] = [
  {
    name: 'Mailroom',
    does: 'structure and texts',
    read: (messages) => {
      for (const message of messages) for (const part of partsOf(message)) decodePart(part);
      return Promise.resolve();
    },
  },
  {
    name: 'Mailroom, all that is shown',
    does: 'the same, with the text without history, clean HTML, text of HTML, invitations',
    read: async (messages) => {
      await readContents(messages.map(partsOf));
    },
  },
];

const MAILPARSER: Contender = {
  name: 'mailparser',
  does: 'structure, texts and files; no text of HTML',
  read: async (messages) => {
    const options = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true };
    for (const message of messages) await simpleParser(message, { ...options, keepCidLinks: true });
  },
};

/** How fast messages are read in one thread, next to the two libraries that are used for it on Node. */
export async function benchMime(
  { runs }: Options,
  print: (line: string) => void,
): Promise<Section> {
  const messages = [...spamAssassinMessages()].map(({ raw }) => withoutEnvelope(raw));
  const octets = messages.reduce((sum, { length }) => sum + length, 0);
  const contenders = [...OURS, MAILPARSER, await postalMime()];
  const seconds = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  for (let run = 0; run <= runs; run += 1) {
    for (const contender of contenders) {
      const { user, system } = await cpuOf(() => inPortions(messages, contender));
      const cpu = (user + system) / 1e6;
      print(`${contender.name}: ${cpu.toFixed(2)} s of CPU${run === 0 ? ', untimed' : ''}`);
      // The first round is for the compiler.
      if (run > 0) seconds.get(contender)?.push(cpu);
    }
  }
  const cpuSeconds = (contender: Contender | undefined): number =>
    median(contender === undefined ? [] : (seconds.get(contender) ?? []));
  const [texts, shown, mailparser, postal] = contenders.map(cpuSeconds);
  return {
    title: `MIME: the ${messages.length} messages of SpamAssassin, ${(octets / 1e6).toFixed(1)} MB; ${runs} runs`,
    findings: [
      { what: 'structure and texts, mailparser = 1', measured: times(mailparser, texts) },
      { what: 'structure and texts, postal-mime = 1', measured: times(postal, texts) },
      { what: 'all that is shown, mailparser = 1', measured: times(mailparser, shown) },
      { what: 'all that is shown, postal-mime = 1', measured: times(postal, shown) },
    ],
    tables: [
      {
        head: ['', 'messages a second', 'CPU', 'MB a second', 'what it does'],
        rows: contenders.map((contender) => [
          contender.name,
          (messages.length / cpuSeconds(contender)).toFixed(0),
          `${cpuSeconds(contender).toFixed(2)} s`,
          (octets / 1e6 / cpuSeconds(contender)).toFixed(1),
          contender.does,
        ]),
      },
    ],
  };
}

function times(theirs = NaN, ours = NaN): string {
  return `${(theirs / ours).toFixed(1)} x as fast`;
}

function partsOf(message: Buffer) {
  const raw = readRawMessage(message);
  return typeof raw === 'string' ? [] : raw.parts;
}

async function inPortions(messages: readonly Buffer[], { read }: Contender): Promise<void> {
  for (let at = 0; at < messages.length; at += AT_ONCE)
    await read(messages.slice(at, at + AT_ONCE));
}

/** Of all threads, those of the collector of garbage included; other processes make no difference to it. */
async function cpuOf(work: () => Promise<void>): Promise<NodeJS.CpuUsage> {
  const before = process.cpuUsage();
  await work();
  return process.cpuUsage(before);
}

const PostalMime = z.object({
  default: z.custom<{ parse(message: Buffer): Promise<unknown> }>(
    (value) => typeof value === 'function' && 'parse' in value,
  ),
});

/** Not one of our packages: bench/set-up.js put it into the user's cache. */
async function postalMime(): Promise<Contender> {
  const require = createRequire(`${peerPackage('postal-mime')}/`);
  const found: unknown = await import(pathToFileURL(require.resolve('postal-mime')).href);
  const { default: parser } = PostalMime.parse(found);
  return {
    name: 'postal-mime',
    does: 'structure, texts and files',
    read: async (messages) => {
      for (const message of messages) await parser.parse(message);
    },
  };
}

/** The files begin with an mbox `From ` line, which is no header. */
function withoutEnvelope(raw: Buffer): Buffer {
  return raw.subarray(0, 5).toString('latin1') === 'From '
    ? raw.subarray(raw.indexOf(10) + 1)
    : raw;
}
