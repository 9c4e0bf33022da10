import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Envelope encryption of mailbox credentials: a fresh data key per record under AES-256-GCM, wrapped by the key
 * encryption key from the environment, so that rotating the latter re-wraps 32 bytes per record. What the record
 * belongs to is authenticated with it: an envelope copied to another mailbox does not open.
 *
 * Layout: version (1) | wrap nonce (12) | wrapped key (32) | wrap tag (16) | nonce (12) | tag (16) | ciphertext.
 */
const VERSION = 1;
const NONCE = 12;
const KEY = 32;
const TAG = 16;
const HEADER = 1 + NONCE + KEY + TAG + NONCE + TAG;

export interface Vault {
  seal(secret: string, belongsTo: string): Buffer;
  /** Throws when the key is not the one it was sealed with, or the record is not what it was sealed for. */
  open(envelope: Buffer, belongsTo: string): string;
}

/** `key` is 32 octets; anything else is an error that does not show it. */
export function createVault(key: Buffer): Vault {
  if (key.length !== KEY) throw new Error('ENCRYPTION_KEY must be 32 octets in base64.');
  return {
    seal(secret, belongsTo) {
      const dataKey = randomBytes(KEY);
      const wrapped = encrypt(key, dataKey, belongsTo);
      const body = encrypt(dataKey, Buffer.from(secret, 'utf8'), belongsTo);
      return Buffer.concat([
        Buffer.of(VERSION),
        ...[wrapped.nonce, wrapped.text, wrapped.tag, body.nonce, body.tag, body.text],
      ]);
    },
    open(envelope, belongsTo) {
      if (envelope.length < HEADER || envelope[0] !== VERSION) {
        throw new Error('The credential envelope has an unknown format.');
      }
      const [wrapNonce, wrapped, wrapTag, nonce, tag] = cut(envelope, [
        NONCE,
        KEY,
        TAG,
        NONCE,
        TAG,
      ]);
      const dataKey = decrypt(key, { nonce: wrapNonce, text: wrapped, tag: wrapTag }, belongsTo);
      const body = { nonce, text: envelope.subarray(HEADER), tag };
      return decrypt(dataKey, body, belongsTo).toString('utf8');
    },
  };
}

interface Sealed {
  readonly nonce: Buffer;
  readonly text: Buffer;
  readonly tag: Buffer;
}

function encrypt(key: Buffer, plain: Buffer, belongsTo: string): Sealed {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(belongsTo));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { nonce, text, tag: cipher.getAuthTag() };
}

function decrypt(key: Buffer, { nonce, text, tag }: Sealed, belongsTo: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
  decipher.setAAD(Buffer.from(belongsTo)).setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}

/** Consecutive pieces of the envelope after its version octet. */
function cut(
  envelope: Buffer,
  sizes: readonly [number, number, number, number, number],
): [Buffer, Buffer, Buffer, Buffer, Buffer] {
  let offset = 1;
  const next = (size: number) => envelope.subarray(offset, (offset += size));
  const [a, b, c, d, e] = sizes;
  return [next(a), next(b), next(c), next(d), next(e)];
}

/** What a mailbox's credentials are sealed for. */
export function credentialScope(workspaceId: string, mailboxId: string): string {
  return `${workspaceId}|${mailboxId}|password`;
}
