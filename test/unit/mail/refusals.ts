/** Errors as imapflow, Node and its resolver make them. */

/** What Gmail says when the allowance of a day is spent. */
export const BANDWIDTH = 'Account exceeded command or bandwidth limits. (Failure)';

/** A refused LOGIN as imapflow gives it: always flagged, whatever the reason. */
export function refusedLogin(
  text: string,
  serverResponseCode?: string,
  responseStatus = 'NO',
): object {
  const code = serverResponseCode === undefined ? '' : `[${serverResponseCode}] `;
  return Object.assign(new Error('Command failed'), {
    authenticationFailed: true,
    responseStatus,
    responseText: text,
    response: `1 ${responseStatus} ${code}${text}`,
    serverResponseCode,
    executedCommand: '1 LOGIN "jill@example.com" (* hidden *)',
  });
}

/** A refused FETCH, or another command: the code stands only inside the parsed answer. */
export function refusedFetch(
  code: string | null,
  text: string,
  responseStatus = 'NO',
  command = 'UID FETCH 1:3 (FLAGS)',
): object {
  const section = code === null ? {} : { section: [{ type: 'ATOM', value: code }] };
  const response = {
    tag: '1',
    command: responseStatus,
    attributes: [{ type: 'ATOM', ...section }],
  };
  return Object.assign(new Error('Command failed'), {
    responseStatus,
    responseText: text,
    response,
    executedCommand: `1 ${command}`,
  });
}

export function transport(code: string, more: object = {}): object {
  return Object.assign(new Error(code), { code, ...more });
}
