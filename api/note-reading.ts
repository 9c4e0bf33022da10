import type { EmailAddress } from '../domain/address.ts';
import { occurredAt } from '../domain/engagement.ts';
import { directionOf, isInternal, type Direction, type OwnIdentity } from '../domain/identity.ts';
import type { Participant } from '../domain/message.ts';
import { readPasted, type PastedMessage } from '../domain/pasted-message.ts';
import type { EngagementParticipant } from '../drizzle/engagement-parts.ts';
import { noteKey, type Note, type NoteMessage } from '../drizzle/notes.ts';
import {
  contentOf,
  contentOfText,
  messageKeyOf,
  readRawMessage,
  type RawMessage,
} from '../mail/raw-message.ts';
import type { NoteInput } from './validation/note.ts';
import type { PastedForm } from './values.ts';

/** What was taken from a pasted message, for the person who pasted it. */
export interface Recognized {
  readonly form: PastedForm;
  readonly from: string;
  readonly participants: readonly EngagementParticipant[];
  readonly subject: string;
  readonly sentAt: Date | null;
}

/** A note ready to be filed, but for whose timelines and by whom. */
export interface ReadNote {
  readonly draft: Omit<Note, 'workspaceId' | 'authorId' | 'contactIds' | 'accountIds'>;
  readonly recognized: Recognized | null;
}

/** R44: finds out what was pasted and takes from it what the input does not say itself. */
export async function readNote(input: NoteInput, own: OwnIdentity, now: Date): Promise<ReadNote> {
  const pasted = readPasted(input.text, input.timeZone);
  if (pasted.kind === 'source') {
    const raw = readRawMessage(input.text);
    if (typeof raw !== 'string') return readSource(input, raw, own, now);
  }
  if (pasted.kind === 'message') return readHeader(input, pasted.message, own, now);
  return {
    draft: {
      message: toldMessage(input, { subject: input.subject ?? '', fromRaw: '', sentAt: null }, []),
      direction: input.direction ?? 'outgoing',
      subject: input.subject ?? '',
      occurredAt: input.occurredAt ?? now,
      content: await contentOfText(input.text),
      attachments: [],
    },
    recognized: null,
  };
}

/** With a Message-ID it is the message that mailboxes see, whoever comes first (R40); without, nobody could tell. */
async function readSource(
  input: NoteInput,
  raw: RawMessage,
  own: OwnIdentity,
  now: Date,
): Promise<ReadNote> {
  const { headers, structure } = raw;
  const participants = known(headers.participants, own);
  const { internetMessageId, subject, fromRaw, sentAt, inReplyTo, references } = headers;
  const isOne = internetMessageId !== null;
  return {
    draft: {
      message: {
        messageKey: isOne ? messageKeyOf(raw) : noteKey(input.once ?? undefined),
        ...{ internetMessageId, subject, fromRaw, sentAt, inReplyTo, references, participants },
        ...{ headerBlock: raw.headerBlock, bodyStructure: structure, size: raw.size },
      },
      direction: input.direction ?? directionIn(participants, own),
      subject: input.subject ?? subject,
      occurredAt: input.occurredAt ?? occurredAt(sentAt, now),
      content: await contentOf(raw),
      attachments: raw.attachments,
    },
    recognized: { form: 'source', from: fromRaw, participants, subject, sentAt },
  };
}

async function readHeader(
  input: NoteInput,
  { fromRaw, subject, sentAt, body, ...pasted }: PastedMessage,
  own: OwnIdentity,
  now: Date,
): Promise<ReadNote> {
  const participants = known(pasted.participants, own);
  return {
    draft: {
      message: toldMessage(input, { subject, fromRaw, sentAt }, participants),
      direction: input.direction ?? directionIn(participants, own),
      subject: input.subject ?? subject,
      occurredAt: input.occurredAt ?? occurredAt(sentAt, now),
      content: await contentOfText(body),
      attachments: [],
    },
    recognized: { form: 'header', from: fromRaw, participants, subject, sentAt },
  };
}

/** A message that nobody but this person has told of. */
function toldMessage(
  { text, once }: NoteInput,
  said: Pick<NoteMessage, 'subject' | 'fromRaw' | 'sentAt'>,
  participants: readonly EngagementParticipant[],
): NoteMessage {
  return {
    ...{ ...said, participants, messageKey: noteKey(once ?? undefined) },
    ...{ internetMessageId: null, inReplyTo: [], references: [] },
    headerBlock: Buffer.alloc(0),
    bodyStructure: { mediaType: 'text/plain', parameters: {}, parts: [] },
    size: Buffer.byteLength(text),
  };
}

function known(
  participants: readonly Participant[],
  own: OwnIdentity,
): readonly EngagementParticipant[] {
  const isOurs = (address: EmailAddress) => isInternal(address, own);
  return participants.map((one) => ({ ...one, isInternal: isOurs(one.address) }));
}

/** R7; without a sender's address, mail to one of us was received. */
function directionIn(participants: readonly EngagementParticipant[], own: OwnIdentity): Direction {
  const from = participants.find(({ role }) => role === 'from');
  if (from !== undefined) return directionOf(from, own);
  return participants.some((one) => one.isInternal) ? 'incoming' : 'outgoing';
}
