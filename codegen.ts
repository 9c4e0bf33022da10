/** schema.graphql -> api/schema.generated.ts; with `--check` it only says whether the file is fresh. */
import { readFileSync, writeFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as resolvers from '@graphql-codegen/typescript-resolvers';
import { buildSchema, parse } from 'graphql';

const SDL = new URL('./schema.graphql', import.meta.url);
const OUTPUT = new URL('./api/schema.generated.ts', import.meta.url);

/** Enums travel through resolvers as the domain's own values (api/resolvers/enums.ts). */
const ENUMS = {
  BlacklistKind: './values.ts#BlacklistKind',
  ConnectionSecurity: './values.ts#ConnectionSecurity',
  DeferralReason: './values.ts#DeferralReason',
  Direction: './values.ts#Direction',
  FolderMode: './values.ts#FolderMode',
  FolderUse: './values.ts#FolderUse',
  HistoryMode: './values.ts#HistoryMode',
  MailboxAuth: './values.ts#MailboxAuth',
  MailboxErrorCode: './values.ts#MailboxErrorCode',
  MailboxEventKind: './values.ts#MailboxEventKind',
  MailboxLane: './values.ts#MailboxLane',
  MailboxStage: './values.ts#MailboxStage',
  MailboxState: './values.ts#MailboxState',
  MailAuthMethod: './values.ts#MailAuthMethod',
  MailProtocol: './values.ts#MailProtocol',
  MailSettingsSource: './values.ts#MailSettingsSource',
  OAuthProvider: './values.ts#OAuthProvider',
  ParticipantRole: './values.ts#ParticipantRole',
  ServerCapability: './values.ts#ServerCapability',
  SkipReason: './values.ts#SkipReason',
  UserErrorCode: './values.ts#UserErrorCode',
  UserRole: './values.ts#UserRole',
  Verdict: './values.ts#Verdict',
};

/** What a resolver returns for a type; the fields come from there or from api/resolvers/<Type>.ts. */
const MAPPERS = {
  Account: '../drizzle/accounts.ts#Account as AccountValue',
  Attachment: '../drizzle/engagement-parts.ts#AttachedFile as AttachmentValue',
  BlacklistEntry: '../drizzle/blacklist.ts#BlacklistEntry as BlacklistEntryValue',
  Contact: '../drizzle/contacts.ts#Contact as ContactValue',
  ContactSource: '../drizzle/contacts.ts#ContactOrigin as ContactOriginValue',
  Decision: '../drizzle/decisions.ts#Decision as DecisionValue',
  Engagement: '../drizzle/engagements.ts#Engagement as EngagementValue',
  Mailbox: '../drizzle/mailboxes.ts#Mailbox as MailboxValue',
  MailboxError: './values.ts#MailboxErrorValue',
  MailboxEvent: '../drizzle/mailbox-health.ts#MailboxEvent as MailboxEventValue',
  MailboxFolder: '../drizzle/mailbox-health.ts#FolderHealth as FolderHealthValue',
  MailProvider: '../domain/provider.ts#ProviderProfile as ProviderProfileValue',
  MailSettings: '../mail/discover.ts#DiscoveredSettings as DiscoveredSettingsValue',
  Node: './values.ts#NodeValue',
  Participant: '../drizzle/engagement-parts.ts#EngagementParticipant as ParticipantValue',
  Thread: './values.ts#ThreadValue',
  User: '../drizzle/viewers.ts#User as UserValue',
  Workspace: '../drizzle/viewers.ts#Workspace as WorkspaceValue',
};

const CONFIG = {
  // Every root field has a resolver.
  avoidOptionals: { query: true, mutation: true },
  contextType: './context.ts#RequestContext',
  emitLegacyCommonJSImports: false,
  enumsAsTypes: true,
  enumValues: ENUMS,
  immutableTypes: true,
  importExtension: '',
  mappers: MAPPERS,
  scalars: {
    DateTime: { input: 'Date', output: 'Date' },
    EmailAddress: { input: 'string', output: 'string' },
    ID: { input: 'string', output: 'string' },
    Octets: { input: 'number', output: 'number' },
    UInt32: { input: 'number', output: 'number' },
  },
  strictScalars: true,
  useTypeImports: true,
};

async function generate(): Promise<string> {
  const sdl = readFileSync(SDL, 'utf8');
  const generated = await codegen({
    filename: 'api/schema.generated.ts',
    schema: parse(sdl),
    schemaAst: buildSchema(sdl),
    documents: [],
    config: CONFIG,
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
  });
  // Type stripping would leave a plain re-export of a type behind, naming nothing.
  return generated.replaceAll(/^export \{ (\w+) \};$/gm, 'export type { $1 };');
}

const generated = await generate();
if (!process.argv.includes('--check')) {
  writeFileSync(OUTPUT, generated);
} else if (readFileSync(OUTPUT, 'utf8') !== generated) {
  console.error('api/schema.generated.ts is stale: run `npm run codegen`.');
  process.exitCode = 1;
}
