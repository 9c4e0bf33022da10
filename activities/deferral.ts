import type { Deferral } from '../domain/mailbox.ts';

/** A visit that is put off although nothing failed: a budget is spent, or the host has no room. Told to the workflow. */
export class Deferred extends Error {
  override readonly name = 'Deferred';
  readonly deferral: Deferral;

  constructor(deferral: Deferral) {
    super(`Put off: ${deferral.reason}.`);
    this.deferral = deferral;
  }
}
