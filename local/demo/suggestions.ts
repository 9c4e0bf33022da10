interface Running {
  readonly graphqlUrl: string;
  readonly tokenFile: string;
  /** Of Jill Marsh, who wrote most of the mail. */
  readonly contactId: string;
}

/** Things to copy and paste, each complete. */
export function suggestions(running: Running): readonly string[] {
  const timeline = `{ engagements(filter: { contactId: "${running.contactId}" }) {
    nodes { occurredAt direction subject replyText attachments { name size } mailboxes { address } } } }`;
  const why = `{ decisions(filter: { internetMessageId: "contract@harbourlane.example" }) {
    nodes { verdict reason explanation advice evidence { name value } } } }`;
  const review = `{ unknownCorrespondents { nodes { id address name messageCount lastSeenAt } } }`;
  return [
    '',
    'Try this:',
    '  1. The timeline of Jill Marsh:',
    curl(running, timeline),
    '  2. Why is the supply contract not on it?',
    curl(running, why),
    '  3. Who wrote and is nobody’s contact yet? (`acceptUnknownCorrespondent` brings their mail in.)',
    curl(running, review),
    '  4. Let Jill write something new, and see it filed:',
    '       npm run demo:deliver -- "Two more kilos of No. 4, please"',
    '       npm run demo:deliver -- "Hello from nobody" --from stranger@elsewhere.test',
    '',
  ];
}

function curl({ graphqlUrl, tokenFile }: Running, query: string): string {
  const body = JSON.stringify({ query: query.replace(/\s+/g, ' ') });
  return [
    `       curl -s ${graphqlUrl} -H "authorization: Bearer $(cat '${tokenFile}')" \\`,
    `         -H 'content-type: application/json' -d '${body}'`,
  ].join('\n');
}
