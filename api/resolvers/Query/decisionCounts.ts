import { decisionCounts as count } from '../../../drizzle/decision-counts.ts';
import { badInput } from '../../errors.ts';
import type { QueryResolvers } from '../../schema.generated.ts';
import { isTimeZone } from '../../validation/time-zone.ts';
import { filterId } from '../filters.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 30;
const MAX_DAYS = 400;

/** R45. */
export const decisionCounts: QueryResolvers['decisionCounts'] = async (
  _root,
  { filter, timeZone },
  { read, viewer: { workspaceId } },
) => {
  if (!isTimeZone(timeZone)) {
    throw badInput('`timeZone` is not the IANA name of a time zone, like Europe/Berlin.');
  }
  const until = filter?.until ?? new Date();
  const since = filter?.since ?? new Date(until.getTime() - DEFAULT_DAYS * DAY_MS);
  if (until.getTime() - since.getTime() > MAX_DAYS * DAY_MS) {
    throw badInput(`\`filter\` must not span more than ${MAX_DAYS} days.`);
  }
  const id = filter?.mailboxId;
  const mailboxId = id == null ? null : filterId('Mailbox', id, 'mailboxId');
  return read((db) => count(db, { workspaceId, mailboxId, since, until, timeZone }));
};
