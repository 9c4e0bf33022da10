import tseslint from 'typescript-eslint';

/**
 * Which rooms a room may import (docs/architecture.md, "Rooms"). test/unit/imports.test.ts asserts
 * the same table on the files themselves, packages included.
 */
const ROOMS = {
  domain: [],
  mail: ['domain'],
  drizzle: ['domain'],
  activities: [
    ...['domain', 'mail', 'drizzle', 'config.ts'],
    ...['workflows/messages.ts', 'workflows/queues.ts', 'workflows/start-options.ts'],
  ],
  workflows: ['domain', 'activities (types)'],
  api: [
    ...['domain', 'drizzle', 'mail/probe.ts', 'mail/advice.ts', 'mail/errors.ts'],
    ...['mail/attachment.ts', 'mail/discover.ts', 'mail/oauth.ts', 'mail/headers.ts'],
    ...['mail/raw-message.ts', 'mail/content-html.ts'],
    ...['workflows/messages.ts', 'workflows/start-options.ts', 'config.ts'],
  ],
  bench: [
    ...['domain', 'drizzle', 'local', 'test', 'mail/headers.ts'],
    ...['mail/content.ts', 'mail/content-part.ts', 'mail/raw-message.ts'],
    ...['workflows/messages.ts', 'workflows/start-options.ts'],
  ],
};

const ALL_ROOMS = [
  'domain',
  'mail',
  'drizzle',
  'activities',
  'workflows',
  'api',
  'local',
  'test',
  'bench',
];

/** Forbids value and type imports from the rooms that `room` must not know. */
function roomRule(room) {
  const allowed = ROOMS[room];
  const forbidden = ALL_ROOMS.filter((other) => other !== room && !allowed.includes(other)).filter(
    (other) => !(room === 'workflows' && other === 'activities'),
  );
  const patterns = forbidden.map((other) => ({
    // Single files of a room that are allowed are taken out again, as in a .gitignore.
    group: [
      `**/${other}/*`,
      ...allowed.filter((entry) => entry.startsWith(`${other}/`)).map((entry) => `!**/${entry}`),
    ],
    message: `${room}/ may not import ${other}/ (see the room table in docs/architecture.md).`,
  }));
  if (room === 'workflows') {
    patterns.push(
      {
        group: ['**/activities/*'],
        allowTypeImports: true,
        message: 'workflows/ imports only types from activities/.',
      },
      { group: ['node:*'], message: 'Workflow code is deterministic: no Node builtins.' },
    );
  }
  if (room === 'domain') {
    patterns.push({
      group: ['node:*', '@*/*', 'drizzle-orm', 'postgres', 'imapflow', 'zod'],
      message: 'domain/ is pure: no builtins, no libraries.',
    });
  }
  return {
    files: [`${room}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['node_modules/', '.local/', 'api/schema.generated.ts', 'drizzle/migrations/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
    },
  },
  ...Object.keys(ROOMS).map(roomRule),
  {
    files: ['local/**/*.ts', 'codegen.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js'],
    ...tseslint.configs.disableTypeChecked,
  },
);
