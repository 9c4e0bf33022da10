import { cancellationSignal } from '@temporalio/activity';
import type { BounceReport } from '../domain/bounce.ts';
import { occurredAt } from '../domain/engagement.ts';
import type { Lane } from '../domain/mailbox.ts';
import type { Match } from '../domain/matching.ts';
import { recordedReports, type Correspondence } from '../drizzle/bounces.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { readBounce } from '../mail/bounce.ts';
import { chooseReportParts, MAX_REPORT_PART_OCTETS } from '../mail/bounce-parts.ts';
import { MailError } from '../mail/errors.ts';
import type { MailSession } from '../mail/session.ts';
import { describeError } from '../log.ts';
import { Deferred } from './deferral.ts';
import type { Dependencies } from './dependencies.ts';
import type { ReadSighting } from './headers.ts';

/** Of one batch. A mailbox that is flooded with reports about mail it never sent is read all the same, but not these. */
const MAX_REPORTS = 100;
/** In the evidence; all of them stand in the bounces themselves. */
const MAX_NAMED = 20;

type Report = ReadSighting & { readonly messageId: string; readonly outcome: Match };

/**
 * Downloads what the delivery reports among these messages say (R9), by message id: of those that are kept out as
 * bounces and of nothing else, and of them their small parts alone. Bounces are few; without one this costs nothing.
 * They are a by-product: a report that cannot be read leaves its message skipped like any other, and fails nothing;
 * only a server that asks us to wait is obeyed.
 */
export async function readReports(
  deps: Dependencies,
  mailbox: ConnectedMailbox,
  sightings: readonly Report[],
  lane: Lane | undefined,
): Promise<ReadonlyMap<string, BounceReport>> {
  const skipped = sightings.filter(
    ({ outcome }) => outcome.kind === 'skip' && outcome.reason === 'bounce',
  );
  if (skipped.length === 0) return new Map();
  const ids = skipped.map(({ messageId }) => messageId);
  const known = await recordedReports(deps.db, ids);
  const wanted = skipped.filter(({ messageId }) => !known.has(messageId)).slice(0, MAX_REPORTS);
  if (wanted.length === 0) return new Map();
  const options = lane === undefined ? {} : { lane };
  const signal = cancellationSignal();
  try {
    const read = (session: MailSession) => fetchReports(session, wanted);
    return await deps.sessions.use(mailbox, signal, read, () => true, options);
  } catch (error) {
    // Who is asked to wait waits, and the batch comes again.
    const mustWait =
      error instanceof Deferred || (error instanceof MailError && error.kind === 'throttled');
    if (signal.aborted || mustWait) throw error;
    const kind = error instanceof MailError ? error.kind : 'internal';
    deps.logger.warn(
      { mailboxId: mailbox.id, kind, error: describeError(error) },
      'reports not read',
    );
    return new Map();
  }
}

/** The same sightings; the evidence of a bounce names who was not reached, and the message that it is about. */
export function withReports<Seen extends Pick<Report, 'messageId' | 'outcome'>>(
  sightings: readonly Seen[],
  reports: ReadonlyMap<string, BounceReport>,
): readonly Seen[] {
  if (reports.size === 0) return sightings;
  return sightings.map((sighting) => {
    const { outcome, messageId } = sighting;
    const report = reports.get(messageId);
    if (outcome.kind !== 'skip' || report === undefined) return sighting;
    const named = report.recipients.slice(0, MAX_NAMED).map(({ address }) => address);
    const recipients = named.join(', ');
    const evidence = {
      ...outcome.evidence,
      ...(recipients === '' ? {} : { recipients }),
      ...(report.originalMessageId === null ? {} : { originalMessageId: report.originalMessageId }),
    };
    return { ...sighting, outcome: { ...outcome, evidence } };
  });
}

/** What the messages of a batch that are logged say about who can be reached. */
export function correspondenceIn(sightings: readonly Report[]): Correspondence {
  const logged = sightings.filter(({ outcome }) => outcome.kind === 'log');
  return {
    heardFrom: logged.flatMap(({ headers, arrivedAt, outcome }) =>
      headers.from === null || outcome.kind !== 'log' || outcome.direction === 'outgoing'
        ? []
        : [{ address: headers.from.address, at: occurredAt(headers.sentAt, arrivedAt) }],
    ),
    sentTo: logged.flatMap(({ messageId, headers, folderUse }) => {
      const { internetMessageId } = headers;
      if (folderUse !== 'sent' || internetMessageId === null) return [];
      return headers.participants.flatMap(({ role, address }) =>
        role === 'from' ? [] : [{ messageId, internetMessageId, address }],
      );
    }),
  };
}

async function fetchReports(
  session: MailSession,
  sightings: readonly Report[],
): Promise<ReadonlyMap<string, BounceReport>> {
  const reports = new Map<string, BounceReport>();
  for (const [path, inFolder] of Map.groupBy(sightings, ({ folderPath }) => folderPath)) {
    const { uidValidity } = await session.openFolder(path);
    const there = inFolder.filter((sighting) => sighting.uidValidity === uidValidity);
    const fetched = await session.fetchParts(
      there.map(({ uid, bodyStructure }) => ({
        ...{ uid, parts: chooseReportParts(bodyStructure), maxOctets: MAX_REPORT_PART_OCTETS },
      })),
    );
    for (const { uid, messageId, headers } of there) {
      const content = fetched.get(uid);
      const report = content && readBounce(headers, content.report ?? content.parts);
      if (report != null) reports.set(messageId, report);
    }
  }
  return reports;
}
