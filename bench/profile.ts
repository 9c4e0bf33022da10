import { readFileSync } from 'node:fs';
import { z } from 'zod';

const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

export interface Hot {
  readonly name: string;
  readonly ms: number;
}

/**
 * Where a CPU profile of Node (`--cpu-prof`) was spent: `self` per function, `modules` per package or room, each with
 * everything it called, counted once per sample. Waiting is left out.
 */
export function readProfile(file: string): { busyMs: number; self: Hot[]; modules: Hot[] } {
  const profile = cpuProfile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap((node) =>
      (node.children ?? []).map((child) => [child, node.id] as const),
    ),
  );
  const [self, modules] = [new Map<string, number>(), new Map<string, number>()];
  let busyMs = 0;
  for (const [index, id] of profile.samples.entries()) {
    const frame = nodes.get(id)?.callFrame;
    const ms = (profile.timeDeltas[index] ?? 0) / 1000;
    if (frame === undefined || ['(idle)', '(program)'].includes(frame.functionName)) continue;
    busyMs += ms;
    add(
      self,
      `${frame.functionName || '(anonymous)'} ${place(frame.url)}:${frame.lineNumber + 1}`,
      ms,
    );
    const callers = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const name = moduleOf(nodes.get(at)?.callFrame.url ?? '');
      if (name !== '') callers.add(name);
    }
    for (const name of callers) add(modules, name, ms);
  }
  return { busyMs, self: sorted(self), modules: sorted(modules) };
}

function add(sums: Map<string, number>, name: string, ms: number): void {
  sums.set(name, (sums.get(name) ?? 0) + ms);
}

function sorted(sums: ReadonlyMap<string, number>): Hot[] {
  return [...sums].map(([name, ms]) => ({ name, ms })).toSorted((a, b) => b.ms - a.ms);
}

/** The path below the project, or below node_modules. */
function place(url: string): string {
  return url
    .replace(/^.*node_modules\//, '')
    .replace(/^file:\/\/.*?\/(?=(domain|mail|drizzle|activities|workflows|api)\/)/, '');
}

function moduleOf(url: string): string {
  const path = place(url);
  const [first = '', second = ''] = path.split('/');
  if (url.includes('node_modules')) return first.startsWith('@') ? `${first}/${second}` : first;
  return url.startsWith('file:') ? path : '';
}
