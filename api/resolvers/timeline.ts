import type { Engagement } from '../../drizzle/engagements.ts';
import type { TimelineOf } from '../../drizzle/timelines.ts';
import type { Loaders } from '../loaders.ts';
import { pageRequest, toConnection, type Connection, type PageArguments } from '../pagination.ts';

/** The engagements of one owner, read together with those of its siblings. */
export async function timeline(
  loaders: Loaders,
  of: TimelineOf,
  id: string,
  args: PageArguments,
): Promise<Connection<Engagement>> {
  const page = pageRequest(args, 'newest_first');
  return toConnection(await loaders.timeline.load({ of, id, page }), page);
}
