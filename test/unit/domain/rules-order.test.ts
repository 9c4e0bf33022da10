import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verdictOn } from '../../../domain/verdict.ts';
import { aMessage } from '../../support/message.ts';
import { factsOf, inWords } from '../../support/rules-world.ts';

describe('R21, R24 the order of recipients changes nothing', () => {
  const people = [
    ...['jill@customer.example', 'office@partner.example', 'kim@several.example'],
    ...['new@amazon.com', 'x@else.example', 'spy@bad.example', 'ben@acme.example'],
    ...['jill+bot@customer.example', 'ana@freelance.example', 'new+x@amazon.com'],
  ];
  const senders = fc.constantFrom('ana@acme.example', ...people);
  const recipients = fc.uniqueArray(
    fc.record({ role: fc.constantFrom('to', 'cc', 'bcc'), raw: fc.constantFrom(...people) }),
    { selector: ({ raw }) => raw, minLength: 1 },
  );
  const differs = fc.record({
    blacklist: fc.constantFrom([], ['bad.example'], ['jill@customer.example', 'bad.example']),
    policy: fc.record({
      unknownCorrespondents: fc.constantFrom(
        ...(['known_domain', 'never', 'always', 'sent_only'] as const),
      ),
      blacklistMode: fc.constantFrom(...(['any_participant', 'sender_only'] as const)),
    }),
  });

  test('neither the verdict nor who is linked', () => {
    const cases = recipients.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(senders, cases, differs, (from, [one, other], world) => {
        const verdicts = [one, other].map((list) => {
          const in_ = (role: string) =>
            list.flatMap((each) => (each.role === role ? [each.raw] : []));
          const message = aMessage({ from, to: in_('to'), cc: in_('cc'), bcc: in_('bcc') });
          return inWords(verdictOn(message, factsOf(world)));
        });
        expect(verdicts[0]).toBe(verdicts[1]);
      }),
    );
  });
});
