import { parseAddress } from '../../../domain/address.ts';
import { badInput } from '../../errors.ts';
import type { QueryResolvers } from '../../schema.generated.ts';

/** R50: settings found from the address. */
export const mailSettings: QueryResolvers['mailSettings'] = async (
  _root,
  { address },
  { services },
) => {
  const parsed = parseAddress(address);
  if (parsed === null) throw badInput('`address` is not one plain e-mail address.');
  return services.discover(parsed);
};
