import { join } from 'node:path';
import { inject } from 'vitest';
import { createDatabase } from './postgres.ts';
import { runProduct, type Product } from './run-product.ts';
import { makeTempFolder } from './temp-folder.ts';

export type { Product } from './run-product.ts';

/** The product over the servers of the test run, with a database of its own. */
export async function startProduct(env: Readonly<Record<string, string>> = {}): Promise<Product> {
  const stack = new AsyncDisposableStack();
  try {
    const folder = stack.use(makeTempFolder('product'));
    const { url: databaseUrl } = stack.use(await createDatabase());
    const logDir = join(folder.path, 'logs');
    const product = stack.use(
      await runProduct({ databaseUrl, temporalAddress: inject('temporalAddress'), logDir, env }),
    );
    return { ...product, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
