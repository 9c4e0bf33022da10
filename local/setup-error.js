/** A failure that the person at the keyboard can mend; its message is one sentence with the remedy. */
export class SetupError extends Error {
  name = 'SetupError';
}
