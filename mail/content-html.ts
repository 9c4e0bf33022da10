import { compile, type HtmlToTextOptions } from 'html-to-text';
import sanitizeHtml from 'sanitize-html';
import { withinBudget } from './time-budget.ts';

/** Two megabytes of ordinary HTML take half a second; all that is done with a message must take two (content-pool.ts). */
const BUDGET_MS = 1000;
const TEXT_BUDGET_MS = 500;
const MAX_CLEAN_LENGTH = 4 * 1024 * 1024;
/** Deeper nesting than this is no writing, and html-to-text overflows the stack at about 20,000. */
const MAX_NESTING = 100;
/** Paragraphs and cells that nobody closed are usual; this many are not. */
const MAX_OPEN = 5000;
const MAX_URL_LENGTH = 2000;
const VOID_TAG = /^<\/?(?:area|base|br|col|hr|img|input|link|meta|wbr)$/i;

const TEXT_TAGS = [
  'a',
  'abbr',
  'b',
  'bdi',
  'big',
  'br',
  'cite',
  'code',
  'del',
  'em',
  'font',
  'i',
  'ins',
  'kbd',
];
const MORE_TEXT_TAGS = [
  'mark',
  'q',
  's',
  'samp',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'sup',
  'tt',
  'u',
];
const BLOCK_TAGS = [
  'address',
  'blockquote',
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
];
const MORE_BLOCK_TAGS = ['hr', 'img', 'li', 'ol', 'p', 'pre', 'section', 'ul'];
const TABLE_TAGS = [
  'caption',
  'col',
  'colgroup',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
];

/** What disappears with everything inside; of all other unknown elements the text stays. */
const DROPPED_WITH_CONTENT = [
  ...['script', 'style', 'title', 'template', 'textarea', 'option', 'select', 'noscript', 'xml'],
  ...[
    'svg',
    'math',
    'iframe',
    'object',
    'embed',
    'applet',
    'noembed',
    'noframes',
    'audio',
    'video',
  ],
];

const RULES: sanitizeHtml.IOptions = {
  allowedTags: [...TEXT_TAGS, ...MORE_TEXT_TAGS, ...BLOCK_TAGS, ...MORE_BLOCK_TAGS, ...TABLE_TAGS],
  // No id, class or style: they reach out of the message (clobbering, overlays, background pictures).
  allowedAttributes: {
    '*': ['dir', 'lang', 'title'],
    a: ['href', 'rel', 'target'],
    img: ['src', 'data-src', 'alt', 'width', 'height'],
    ol: ['start', 'type'],
    td: ['colspan', 'rowspan', 'align', 'valign'],
    th: ['colspan', 'rowspan', 'align', 'valign'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  // What may stand in which attribute of a picture is decided by `localImage`.
  allowedSchemesByTag: { img: ['cid', 'http', 'https'] },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'data-src'],
  allowProtocolRelative: false,
  nonTextTags: DROPPED_WITH_CONTENT,
  nestingLimit: MAX_NESTING,
  transformTags: { a: safeLink, img: localImage },
};

/**
 * HTML that can be shown to people: no scripts, styles or forms, nothing fetched from elsewhere; null if too much. What
 * changes here changes `HTML_RULES_VERSION` (domain/message-html.ts).
 */
export function sanitizeMessageHtml(html: string, budgetMs = BUDGET_MS): string | null {
  if (isBottomless(html)) return null;
  const clean = withinBudget(budgetMs, () => sanitizeHtml(html, RULES).trim());
  return clean === null || clean === '' || clean.length > MAX_CLEAN_LENGTH ? null : clean;
}

/** sanitize-html is quadratic in elements that are never closed: 2 MB of `<b>` take three minutes. */
function isBottomless(html: string): boolean {
  let open = 0;
  for (const [tag, slash] of html.matchAll(/<(\/?)[a-z][a-z0-9]*/gi)) {
    if (!VOID_TAG.test(tag)) open += slash === '/' ? -1 : 1;
    if (open > MAX_OPEN) return true;
  }
  return false;
}

const TEXT_OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxInputLength: MAX_CLEAN_LENGTH },
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: true } },
    { selector: 'img', format: 'skip' },
  ],
};

/** Made once: what the options mean takes longer to find out than most messages to convert. */
const toText = compile(TEXT_OPTIONS);

/** Plain text for messages that have none. html-to-text may overflow the stack: then the tags are just cut out. */
export function htmlToPlainText(html: string): string {
  const text = withinBudget(TEXT_BUDGET_MS, () => toText(html));
  return text === null ? withoutTags(html) : text.replaceAll('\u00a0', ' ').trim();
}

/** The last resort for HTML that nothing else can read: everything between angle brackets goes. */
export function withoutTags(html: string): string {
  return html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

/** A page that is opened from a message must not get hold of ours. */
function safeLink(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  return { tagName, attribs: { ...attribs, rel: 'noopener noreferrer', target: '_blank' } };
}

/**
 * Pictures of the message (`cid:`) are served by us. Remote ones tell the sender who reads when: their address is put by,
 * for readers who ask for them (`htmlToShow`). Of all others the description stays.
 */
function localImage(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { src = '', 'data-src': putBy = '', alt, width, height } = attribs;
  const shown = Object.fromEntries(
    Object.entries({ alt, width, height }).filter(([, value]) => value !== undefined),
  ) as sanitizeHtml.Attributes;
  if (/^\s*cid:/i.test(src)) return { tagName, attribs: { src: src.trim(), ...shown } };
  const remote = remoteUrl(src) ?? remoteUrl(putBy);
  if (remote !== null) return { tagName, attribs: { 'data-src': remote, ...shown } };
  return { tagName: 'span', attribs: {}, text: alt ?? '' };
}

/** An address on the web, also one without its scheme (`//host/x`); null for everything else. */
function remoteUrl(raw: string): string | null {
  const url = raw.trim().replace(/^\/\//, 'https://');
  if (url.length > MAX_URL_LENGTH || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  return new URL(url).href;
}
