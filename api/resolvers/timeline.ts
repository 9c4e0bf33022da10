import type { Engagement } from '../../drizzle/engagements.ts';
import type { TimelineOf } from '../../drizzle/timelines.ts';
import type { ThreadOrder } from '../../drizzle/viewers.ts';
import type { Loaders } from '../loaders.ts';
import { pageRequest, toConnection, type Connection, type PageArguments } from '../pagination.ts';

/** The engagements of one owner, read together with those of its siblings; newest first unless asked otherwise. */
export async function timeline(
  loaders: Loaders,
  of: TimelineOf,
  id: string,
  { order = 'newest_first', ...args }: PageArguments & { readonly order?: ThreadOrder },
): Promise<Connection<Engagement>> {
  const page = pageRequest(args, order);
  return toConnection(await loaders.timeline.load({ of, order, id, page }), page);
}
