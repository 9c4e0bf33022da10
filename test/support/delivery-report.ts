import type { BounceReport } from '../../domain/bounce.ts';
import type { BodyStructure, MessageHeaders } from '../../domain/message.ts';
import { readBounce } from '../../mail/bounce.ts';
import { parseHeaderBlock } from '../../mail/headers.ts';
import { HeaderKeeper } from '../../mail/pop3-headers.ts';
import { MimeReader } from '../../mail/pop3-mime.ts';
import { wantedFields } from '../../mail/wanted-headers.ts';

export interface ReadReport {
  readonly headers: MessageHeaders;
  readonly structure: BodyStructure;
  readonly report: BounceReport | null;
}

/** What the loop sees of a delivery report, and what it reads in its parts. */
export function readReport(file: Buffer | string): ReadReport {
  const raw = withoutEnvelope(Buffer.from(file));
  const header = new HeaderKeeper();
  header.sink(raw);
  const headers = parseHeaderBlock(wantedFields(header.block));
  const reader = new MimeReader();
  reader.push(raw);
  const { structure, report } = reader.end();
  return { headers, structure, report: readBounce(headers, report) };
}

/** Some files begin with an mbox `From ` line, which is no header. */
function withoutEnvelope(raw: Buffer): Buffer {
  return raw.toString('latin1', 0, 5) === 'From ' ? raw.subarray(raw.indexOf(10) + 1) : raw;
}
