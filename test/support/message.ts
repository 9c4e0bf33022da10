import { parseAddress, type EmailAddress } from '../../domain/address.ts';
import type { SeenMessage } from '../../domain/classification.ts';
import type { BodyStructure, MessageHeaders, Participant } from '../../domain/message.ts';

/** Builders of domain values by intent: a test names only what it is about. */
export function address(raw: string): EmailAddress {
  const parsed = parseAddress(raw);
  if (parsed === null) throw new Error(`not an address: ${raw}`);
  return parsed;
}

export interface MessageIntent {
  readonly from?: string | null;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly subject?: string;
  readonly internetMessageId?: string | null;
  readonly sentAt?: Date | null;
  readonly isCut?: boolean;
  /** Header fields by name. */
  readonly fields?: Readonly<Record<string, string>>;
}

export function theHeaders(intent: MessageIntent = {}): MessageHeaders {
  const { from = 'jill@customer.example', to = ['ana@acme.example'], cc = [], bcc = [] } = intent;
  const people = [
    ...(from === null ? [] : [participant('from', from)]),
    ...to.map((raw) => participant('to', raw)),
    ...cc.map((raw) => participant('cc', raw)),
    ...bcc.map((raw) => participant('bcc', raw)),
  ];
  const fields = Object.entries(intent.fields ?? {}).map(
    ([name, value]) => [name.toLowerCase(), [value]] as const,
  );
  return {
    internetMessageId:
      intent.internetMessageId === undefined ? '1@customer.example' : intent.internetMessageId,
    subject: intent.subject ?? 'Hello',
    sentAt: intent.sentAt === undefined ? new Date('2026-11-02T10:00:00Z') : intent.sentAt,
    from: people.find(({ role }) => role === 'from') ?? null,
    fromRaw: from ?? 'somebody',
    participants: people,
    isCut: intent.isCut ?? false,
    inReplyTo: [],
    references: [],
    fields: new Map(fields),
  };
}

export function aMessage(
  intent: MessageIntent & Partial<Omit<SeenMessage, 'headers'>> = {},
): SeenMessage {
  return {
    headers: theHeaders(intent),
    structure: intent.structure ?? PLAIN_TEXT,
    flags: intent.flags ?? [],
    folderUse: intent.folderUse ?? 'inbox',
    arrivedAt: intent.arrivedAt ?? new Date('2026-11-02T10:00:05Z'),
    startsAt: intent.startsAt ?? null,
    earlier: intent.earlier ?? null,
  };
}

export const PLAIN_TEXT: BodyStructure = {
  mediaType: 'text/plain',
  parameters: {},
  parts: [
    {
      ...{ part: '1', mediaType: 'text/plain', charset: 'utf-8', encoding: '7bit', size: 12 },
      ...{ disposition: null, fileName: null, contentId: null },
    },
  ],
};

function participant(role: Participant['role'], raw: string): Participant {
  return { role, address: address(raw), name: '' };
}
