import { attachmentPath } from '../attachments.ts';
import type { AttachmentResolvers } from '../schema.generated.ts';

export const Attachment: AttachmentResolvers = { downloadUrl: attachmentPath };
