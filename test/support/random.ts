/** Numbers that look random and are the same in every run (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Up to `most` of these pieces, with repetitions. */
export function someOf(
  pieces: readonly string[],
  most: number,
  random: (below: number) => number,
): readonly string[] {
  return Array.from({ length: 1 + random(most) }, () => pieces[random(pieces.length)] ?? '');
}
