import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createVault, credentialScope } from '../../../drizzle/vault.ts';

describe('credentials', () => {
  const vault = createVault(randomBytes(32));
  const scope = credentialScope('workspace', 'mailbox');
  const sealed = vault.seal('pässword 🔑', scope);

  test('open with the key and for the mailbox they were sealed for', () => {
    expect(vault.open(sealed, scope)).toBe('pässword 🔑');
  });
  test('are not readable in the envelope, and two envelopes of one secret differ', () => {
    expect(sealed.includes('ssword')).toBe(false);
    expect(vault.seal('pässword 🔑', scope).equals(sealed)).toBe(false);
  });
  test('do not open for another mailbox, with another key, or altered', () => {
    expect(() => vault.open(sealed, credentialScope('workspace', 'other'))).toThrow();
    expect(() => vault.open(sealed, credentialScope('other', 'mailbox'))).toThrow();
    expect(() => createVault(randomBytes(32)).open(sealed, scope)).toThrow();
    for (const index of [0, 5, 40, 70, sealed.length - 1]) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
      expect(() => vault.open(altered, scope)).toThrow();
    }
  });
  test('a key of the wrong length is refused without being shown', () => {
    expect(() => createVault(Buffer.from('short'))).toThrow(/^ENCRYPTION_KEY must be 32 octets/);
  });
});
