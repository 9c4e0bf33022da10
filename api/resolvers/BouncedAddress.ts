import { bounceExplanation } from '../../domain/bounce.ts';
import type { BouncedAddressResolvers } from '../schema.generated.ts';

export const BouncedAddress: BouncedAddressResolvers = {
  explanation: ({ status }) => bounceExplanation({ kind: 'failed', status }),
};
