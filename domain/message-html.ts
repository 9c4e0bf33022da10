/**
 * Which rules stored HTML was sanitised by (mail/content-html.ts): what is older is sanitised again when it is read. 2 keeps
 * the addresses of remote pictures.
 */
export const HTML_RULES_VERSION = 2;

const IMAGE = /<img\b[^>]*>/g;
const CID = /^cid:/i;

/** How the HTML of one message is shown. */
export interface HtmlView {
  /** Whether pictures are fetched from elsewhere, which tells the sender who reads when. */
  readonly hasRemoteImages: boolean;
  /** Where the picture with this Content-ID (RFC 2392) is served from; null when there is none. */
  readonly pictureUrl: (contentId: string) => string | null;
}

/**
 * Sanitised HTML as it goes to a reader: pictures of the message come from our own route, those from elsewhere only when
 * asked for. Takes what `sanitizeMessageHtml` makes, where attributes are quoted and hold no angle brackets.
 */
export function htmlToShow(stored: string, { hasRemoteImages, pictureUrl }: HtmlView): string {
  return stored.replace(IMAGE, (image) =>
    image
      .replace(/ src="([^"]*)"/, (_attribute, source: string) => {
        const url = CID.test(source) ? pictureUrl(contentIdOf(source)) : null;
        return url === null ? '' : ` src="${escaped(url)}"`;
      })
      .replace(/ data-src="([^"]*)"/, (_attribute, source: string) =>
        hasRemoteImages ? ` src="${source}" referrerpolicy="no-referrer" loading="lazy"` : '',
      ),
  );
}

/** Content-IDs of the pictures that sanitised HTML shows. */
export function shownContentIds(html: string | null): ReadonlySet<string> {
  if (html?.includes('cid:') !== true) return new Set();
  const sources = [...html.matchAll(/<img\b[^>]* src="([^"]*)"/g)].map(([, source = '']) => source);
  return new Set(sources.filter((source) => CID.test(source)).map(contentIdOf));
}

/** RFC 2392: a Content-ID without angle brackets, percent-encoded; here it stands in an attribute besides. */
function contentIdOf(source: string): string {
  const id = unescaped(source).replace(CID, '');
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function unescaped(attribute: string): string {
  return attribute
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
