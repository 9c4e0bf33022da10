import { HTML_RULES_VERSION, htmlToShow } from '../../domain/message-html.ts';
import { sanitizeMessageHtml } from '../../mail/content-html.ts';
import { attachmentPath } from '../attachments.ts';
import type { Loaders } from '../loaders.ts';
import { required } from './required.ts';

/**
 * The HTML of an engagement as it is shown (R42), sanitised once more when the rules have changed since it was stored; null
 * when it has none, or too much of it for the rules of today.
 */
export async function htmlOf(
  loaders: Loaders,
  engagementId: string,
  { hasRemoteImages }: { readonly hasRemoteImages: boolean },
): Promise<string | null> {
  const { html, htmlVersion } = required(await loaders.content.load(engagementId));
  const stored =
    html === null || htmlVersion >= HTML_RULES_VERSION ? html : sanitizeMessageHtml(html);
  if (stored === null) return null;
  const files = stored.includes('cid:') ? await loaders.attachments.load(engagementId) : null;
  const pictures = new Map(files?.map((file) => [file.contentId, attachmentPath(file)]));
  return htmlToShow(stored, {
    hasRemoteImages,
    pictureUrl: (contentId) => pictures.get(contentId) ?? null,
  });
}
