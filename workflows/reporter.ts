import {
  proxyActivities,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { Activities } from '../activities/contract.ts';
import type { MailboxLoop } from '../domain/mailbox.ts';
import { currentDetails, statusOf } from './report.ts';

const SHORT = {
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
} as const;
const { projectStatus } = proxyActivities<Activities>(SHORT);

const STATE = defineSearchAttributeKey('MailboxState', SearchAttributeType.KEYWORD);
const LAST_ERROR = defineSearchAttributeKey('LastErrorCode', SearchAttributeType.KEYWORD);

export interface Reporter {
  readonly report: (loop: MailboxLoop) => Promise<void>;
  /** Whether something else has been reported last: signals come while a report is on its way. */
  readonly isBehind: (loop: MailboxLoop) => boolean;
}

/**
 * Tells operators and the API where the mailbox stands. Current details cost nothing and are always set; search
 * attributes and the projection each cost an event, so they follow only when the state or the error changes.
 */
export function createReporter(mailboxId: string): Reporter {
  const { typedSearchAttributes } = workflowInfo();
  let shown = `${typedSearchAttributes.get(STATE) ?? ''}|${typedSearchAttributes.get(LAST_ERROR) ?? ''}|`;
  return {
    isBehind: (loop) => showingOf(loop) !== shown,
    report: async (loop) => {
      setCurrentDetails(currentDetails(loop));
      const showing = showingOf(loop);
      if (showing === shown) return;
      shown = showing;
      const { state, nextVisitAt, lastError, deferred } = statusOf(loop);
      const code = lastError?.code ?? '';
      upsertSearchAttributes([
        { key: STATE, value: state },
        { key: LAST_ERROR, value: code === '' ? null : code },
      ]);
      const summary = [state, code, deferred?.reason].filter(Boolean).join(': ');
      const report = { mailboxId, state, nextVisitAt, lastError, deferred: deferred ?? null };
      await projectStatus.executeWithOptions({ ...SHORT, summary }, [report]);
    },
  };
}

/** What of a mailbox is worth an event when it changes. */
function showingOf(loop: MailboxLoop): string {
  const { state, lastError, deferred } = statusOf(loop);
  const putOff = deferred ? `|${deferred.lane} ${deferred.reason}` : '';
  return `${state}|${lastError?.code ?? ''}|${loop.failures > 0 ? loop.failures : ''}${putOff}`;
}
