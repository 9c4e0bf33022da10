import { readdirSync, readFileSync } from 'node:fs';
import type { ManagedProcess } from '../local/processes.ts';

/** `_SC_CLK_TCK`, 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU seconds per name that the process and its children, the ended ones included, have used so far (proc(5)). */
export function cpuSeconds(
  processes: Readonly<Record<string, ManagedProcess>>,
): Readonly<Record<string, number>> {
  const all = processTable();
  const total = (pid: number): number => {
    const own = all.get(pid)?.ticks ?? 0;
    const children = [...all].filter(([, { parent }]) => parent === pid);
    return children.reduce((sum, [child]) => sum + total(child), own);
  };
  return Object.fromEntries(
    Object.entries(processes).map(([name, { pid }]) => [name, total(pid ?? 0) / TICKS_PER_SECOND]),
  );
}

/** CPU seconds of all children of ours that have ended. */
export function cpuSecondsOfEnded(): number {
  const fields = statFields('self');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

/** What was used between two calls of `cpuSeconds`. */
export function difference(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]),
  );
}

/** Resident memory of one process: now, and at its highest, in octets. */
export function memoryOf(pid: number): { now: number; highest: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const octets = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  return { now: octets('VmRSS'), highest: octets('VmHWM') };
}

function processTable(): ReadonlyMap<number, { parent: number; ticks: number }> {
  const table = new Map<number, { parent: number; ticks: number }>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const fields = statFields(pid);
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    if (fields.length > 15) table.set(Number(pid), { parent: Number(fields[1]), ticks });
  }
  return table;
}

/** The fields of /proc/PID/stat from the third on; none for a process that has ended meanwhile. */
function statFields(pid: string): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name stands in brackets and may hold spaces and brackets: fields are counted from behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
