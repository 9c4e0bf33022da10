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
  AfterImport: './values.ts#AfterImport',
  BlacklistKind: './values.ts#BlacklistKind',
  BlacklistMode: './values.ts#BlacklistMode',
  BounceKind: './values.ts#BounceKind',
  BulkAndAuto: './values.ts#BulkAndAuto',
  CompanyConfidential: './values.ts#CompanyConfidential',
  ConnectionSecurity: './values.ts#ConnectionSecurity',
  DeferralReason: './values.ts#DeferralReason',
  Direction: './values.ts#Direction',
  EngagementKind: './values.ts#EngagementKind',
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
  MissingCauseCode: './values.ts#MissingCauseCode',
  ParticipantRole: './values.ts#ParticipantRole',
  Preset: './values.ts#Preset',
  RedecisionCause: './values.ts#RedecisionCause',
  RedecisionState: './values.ts#RedecisionState',
  RetroMatch: './values.ts#RetroMatch',
  PastedForm: './values.ts#PastedForm',
  RuleOutcome: './values.ts#RuleOutcome',
  ServerCapability: './values.ts#ServerCapability',
  SeveralAccounts: './values.ts#SeveralAccounts',
  SkipReason: './values.ts#SkipReason',
  UnknownCorrespondents: './values.ts#UnknownCorrespondents',
  ThreadOrder: './values.ts#ThreadOrder',
  UserErrorCode: './values.ts#UserErrorCode',
  UserRole: './values.ts#UserRole',
  Verdict: './values.ts#Verdict',
};

/** What a resolver returns for a type; the fields come from there or from api/resolvers/<Type>.ts. */
const MAPPERS = {
  Account: '../drizzle/accounts.ts#Account as AccountValue',
  Attachment: '../drizzle/engagement-parts.ts#AttachedFile as AttachmentValue',
  CalendarInvite: '../domain/engagement.ts#CalendarInvite as CalendarInviteValue',
  BlacklistEntry: '../drizzle/blacklist.ts#BlacklistEntry as BlacklistEntryValue',
  Bounce: '../drizzle/bounce-reports.ts#Bounce as BounceValue',
  BouncedAddress: '../drizzle/bounce-reports.ts#BouncedAddress as BouncedAddressValue',
  Contact: '../drizzle/contacts.ts#Contact as ContactValue',
  ContactSource: './values.ts#ContactSourceValue',
  Decision: '../drizzle/decisions.ts#Decision as DecisionValue',
  DecisionCount: '../drizzle/decision-counts.ts#DecisionCount as DecisionCountValue',
  Engagement: '../drizzle/engagements.ts#Engagement as EngagementValue',
  Mailbox: '../drizzle/mailboxes.ts#Mailbox as MailboxValue',
  MailboxError: './values.ts#MailboxErrorValue',
  MailboxEvent: '../drizzle/mailbox-health.ts#MailboxEvent as MailboxEventValue',
  MailboxFolder: '../drizzle/mailbox-health.ts#FolderHealth as FolderHealthValue',
  MailProvider: '../domain/provider.ts#ProviderProfile as ProviderProfileValue',
  MailSettings: '../mail/discover.ts#DiscoveredSettings as DiscoveredSettingsValue',
  Node: './values.ts#NodeValue',
  Participant: '../drizzle/engagement-parts.ts#EngagementParticipant as ParticipantValue',
  Redecision: '../drizzle/redecisions.ts#Redecision as RedecisionValue',
  PolicyEffect: '../domain/policy-preview.ts#PolicyEffect as PolicyEffectValue',
  PolicyPreview: './policy-preview.ts#Preview as PolicyPreviewValue',
  Thread: './values.ts#ThreadValue',
  UnknownCorrespondent:
    '../drizzle/unknown-review.ts#UnknownCorrespondent as UnknownCorrespondentValue',
  User: '../drizzle/viewers.ts#User as UserValue',
  Workspace: '../drizzle/workspaces.ts#Workspace as WorkspaceValue',
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
