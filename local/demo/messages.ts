import type { DemoMessage } from './demo-message.ts';
import { BLACKLISTED } from './messages/blacklisted.ts';
import { CHARSETS } from './messages/charsets.ts';
import { NEVER } from './messages/never.ts';
import { STANDING_ORDER } from './messages/standing-order.ts';
import { STRANGERS } from './messages/strangers.ts';
import { WHO_IS_WHO } from './messages/who-is-who.ts';

export type { DemoMessage };

/** All the mail of the demo, oldest first, as it would have arrived. */
export const DEMO_MESSAGES: readonly DemoMessage[] = [
  ...STANDING_ORDER,
  ...WHO_IS_WHO,
  ...CHARSETS,
  ...STRANGERS,
  ...BLACKLISTED,
  ...NEVER,
].toSorted((a, b) => a.arrivedAt.getTime() - b.arrivedAt.getTime());
