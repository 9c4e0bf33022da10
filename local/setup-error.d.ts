export declare class SetupError extends Error {
  override name: 'SetupError';
}
