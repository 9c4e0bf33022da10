import { classify } from './classify.ts';
import type { Activities } from './contract.ts';
import { counted } from './counted.ts';
import type { Dependencies } from './dependencies.ts';
import { guarded } from './failures.ts';
import { fetchNew } from './fetch-new.ts';
import { match } from './match.ts';
import { parse } from './parse.ts';
import { persist } from './persist.ts';
import { reconcile } from './reconcile.ts';
import { planRedecision, reportRedecision } from './redecide-plan.ts';
import { redecide } from './redecide.ts';
import { cleanUp, loadMailbox, projectStatus } from './status.ts';

export type { Activities } from './contract.ts';

/**
 * The activities of one worker process, each heartbeating and with its failures made fit for a history. Bookkeeping is
 * tried without end: the loop cannot go on without it, and must not end because of it.
 */
export function createActivities(deps: Dependencies): Activities {
  const { logger, metrics } = deps;
  /** The steps of a visit: what fails there ends it. */
  const step = <Request extends object, Result>(
    name: string,
    run: (request: Request) => Promise<Result>,
  ) => counted(metrics, guarded(logger, name, run));
  return {
    fetchNew: step('fetch', (request) => fetchNew(deps, request)),
    parse: step('parse', (batch) => parse(deps, batch)),
    classify: step('classify', (batch) => classify(deps, batch)),
    match: step('match', (batch) => match(deps, batch)),
    persist: step('persist', (request) => persist(deps, request)),
    reconcile: step('reconcile', (request) => reconcile(deps, request)),
    loadMailbox: guarded(logger, 'load', (mailbox) => loadMailbox(deps, mailbox), Infinity),
    projectStatus: guarded(logger, 'project', (report) => projectStatus(deps, report), Infinity),
    planRedecision: guarded(logger, 'plan', (ref) => planRedecision(deps, ref), Infinity),
    redecide: guarded(logger, 'redecide', (request) => redecide(deps, request)),
    reportRedecision: guarded(logger, 'report', (one) => reportRedecision(deps, one), Infinity),
    cleanUp: guarded(logger, 'clean_up', (mailbox) => cleanUp(deps, mailbox), Infinity),
  };
}
