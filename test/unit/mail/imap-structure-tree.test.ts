import { parser } from 'imapflow/lib/handler/imap-handler.js';
import { parseBodystructure } from 'imapflow/lib/tools.js';
import { expect, test } from 'vitest';
import { readStructure } from '../../../mail/imap-structure-tree.ts';
import { toBodyStructure } from '../../../mail/imap-structure.ts';

const TEXT = '("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 5 1 NIL NIL NIL NIL)';
const FILE = (parameters: string, disposition = 'NIL') =>
  `("application" "pdf" ${parameters} "<c@x>" NIL "base64" 80 NIL ${disposition} NIL NIL)`;
const ENVELOPE = '(NIL "s" NIL NIL NIL NIL NIL NIL NIL NIL)';

/** imapflow's own reading is the measure: part numbers, parameters and dispositions come out the same. */
test.each([
  ['a text', TEXT],
  ['a text without its lines', '("text" "plain" NIL NIL NIL "7bit" 5 NIL ("inline" NIL) NIL NIL)'],
  [
    'a text without lines or MD5',
    '("text" "csv" NIL NIL NIL "7bit" 5 NIL ("attachment" ("filename" "a.csv")) NIL NIL)',
  ],
  ['a text with lines only', '("text" "plain" NIL NIL NIL "7bit" 5 1)'],
  ['nothing at all', '()'],
  ['NIL everywhere', '(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)'],
  ['nested multiparts', `((${TEXT}${TEXT} "alternative" NIL NIL NIL)${FILE('NIL')} "mixed")`],
  ['a report', `(${TEXT} "report" ("report-type" "delivery-status" "boundary" "b") NIL NIL NIL)`],
  ['a multipart of no kind', `(${TEXT} NIL ("charset" "x") ("inline" ("filename" "m")) NIL)`],
  [
    'a forwarded message',
    `(${TEXT}("message" "rfc822" ("name" "m.eml") NIL NIL "7bit" 9 ${ENVELOPE} (${TEXT}${TEXT} "mixed") 4 NIL ` +
      '("attachment" ("filename" "f.eml")) NIL NIL) "mixed")',
  ],
  [
    'a forwarded message without a name',
    `("message" "rfc822" NIL NIL NIL "7bit" 9 ${ENVELOPE} ${TEXT} 4 NIL NIL NIL NIL)`,
  ],
  ['a name', FILE('("name" "a.pdf" "NAME" "b.pdf")')],
  ['a file name', FILE('("name" "a.pdf")', '("ATTACHMENT" ("FileName" "b.pdf"))')],
  ['a name in RFC 2047', FILE('("name" "=?utf-8?Q?=C3=BC.pdf?=")')],
  [
    'a name in RFC 2231',
    FILE('NIL', `("attachment" ("filename*0*" "utf-8''%C3" "filename*1*" "%BC.pdf"))`),
  ],
  ['a name in half of RFC 2231', FILE('NIL', `("attachment" ("filename" "utf-8''%C3%BC.pdf"))`)],
  ['a name that is no name', FILE('("__proto__" "x" "name*" "utf-8\'\'a")', '("inline")')],
  ['parameters that are none', FILE('"name"', '"inline"')],
])('%s', async (_what, structure) => {
  const { attributes } = await parser(`* 1 FETCH (BODYSTRUCTURE ${structure})`);
  const items = attributes?.[1];
  const tree = Array.isArray(items) ? items[1] : null;
  if (!Array.isArray(tree)) throw new Error('no structure');
  expect(toBodyStructure(readStructure(tree))).toEqual(toBodyStructure(parseBodystructure(tree)));
});
