const SIGNATURE = '-- ';

/**
 * Joins the lines of format=flowed (RFC 3676): one that ends in a blank goes on in the next one, if that is quoted as deeply.
 * With `isDelSp` (DelSp=yes) the blank is no part of the text, as in languages that write without them.
 */
export function unflowed(text: string, { isDelSp }: { readonly isDelSp: boolean }): string {
  const joined: { depth: number; line: string }[] = [];
  let isOpen = false;
  for (const raw of text.split('\n')) {
    const depth = depthOf(raw);
    // Space-stuffing (section 4.4): one blank was put before what could be taken for something else.
    const line = raw[depth] === ' ' ? raw.slice(depth + 1) : raw.slice(depth);
    const isSignature = line === SIGNATURE;
    const before = joined.at(-1);
    if (isOpen && !isSignature && before?.depth === depth) {
      before.line = `${isDelSp ? before.line.slice(0, -1) : before.line}${line}`;
    } else joined.push({ depth, line });
    isOpen = line.endsWith(' ') && !isSignature;
  }
  return joined
    .map(({ depth, line }) => (depth === 0 ? line : `${'>'.repeat(depth)} ${line}`))
    .join('\n');
}

function depthOf(line: string): number {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  return depth;
}
