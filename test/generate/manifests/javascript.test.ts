import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs, packageOf, packagesOf } from './packages-of.ts'

const json = (value: unknown): string => JSON.stringify(value)

test('package.json says what a package is, needs, runs and offers', async () => {
  const found = await packageOf({
    'package.json': json({
      name: '@acme/orbit',
      version: '1.2.3',
      description: 'Plans the burns.',
      license: 'MIT',
      packageManager: 'pnpm@9.0.0',
      bin: './bin/orbit.js',
      scripts: { build: 'tsc', broken: 1, long: 'x'.repeat(2_001) },
      dependencies: { kepler: '1', fsevents: '2' },
      optionalDependencies: { fsevents: '2' },
      peerDependencies: { react: '18', preact: '10', zod: '4', vue: '3' },
      peerDependenciesMeta: { preact: { optional: true }, zod: { optional: true }, vue: { optional: true } },
      devDependencies: { typescript: '5' },
    }),
    'bin/orbit.js': 'x\n',
    'index.js': "import { z } from 'zod/v4/core'\n",
  })
  const { dependencies: _, ...rest } = found
  assert.deepEqual(rest, {
    ecosystem: 'npm',
    name: '@acme/orbit',
    manifest: 'package.json',
    folder: '',
    version: '1.2.3',
    description: 'Plans the burns.',
    licence: 'MIT',
    isPrivate: false,
    programs: [{ name: 'orbit', runs: 'bin/orbit.js' }],
    scripts: [{ name: 'build', command: 'tsc' }],
    tools: ['pnpm'],
    entries: [{ subpath: '.', file: 'index.js' }],
  })
  assert.deepEqual(needs(found), [
    'kepler',
    'react (peer)',
    'fsevents (optional)',
    'preact (optional)',
    'zod (optional)',
    'vue (optional)',
    'typescript (development)',
  ])
})

test('the package itself is its first entry, whatever its bundle resolves to', async () => {
  const { entries } = await packageOf({
    'package.json': json({
      name: 'orbit',
      main: './lib/plan.js',
      exports: { './raw': './dist/esm/plan.js', '.': './dist/orbit.bundle.js', './none': null },
    }),
    'src/plan.ts': 'x\n',
  })
  assert.deepEqual(entries, [
    { subpath: '.', file: 'src/plan.ts' },
    { subpath: './raw', file: 'src/plan.ts' },
  ])
  const closed = await packageOf({
    'package.json': json({ name: 'orbit', main: './a.js', exports: { '.': null, './a': './a.js' } }),
    'a.js': 'x\n',
  })
  assert.deepEqual(closed.entries, [{ subpath: './a', file: 'a.js' }])
})

test('entry points that are built lead to their sources', async () => {
  const entriesOf = async (manifest: object, files: Record<string, string>): Promise<[string, string][]> => {
    const { entries } = await packageOf({ 'package.json': json({ name: 'orbit', ...manifest }), ...files })
    return entries.map(({ subpath, file }) => [subpath, file])
  }
  const code = 'x\n'
  assert.deepEqual(await entriesOf({ main: 'dist/orbit.js' }, { 'src/orbit.ts': code }), [['.', 'src/orbit.ts']])
  assert.deepEqual(await entriesOf({ types: './lib/index.d.ts' }, { 'src/index.tsx': code }), [['.', 'src/index.tsx']])
  assert.deepEqual(await entriesOf({ main: 'lib/index' }, { 'lib/index.js': code }), [['.', 'lib/index.js']])
  assert.deepEqual(await entriesOf({ main: './lib' }, { 'lib/index.js': code }), [['.', 'lib/index.js']])
  // A bundle, with the build that is kept beside its source.
  assert.deepEqual(
    await entriesOf({ module: 'dist/orbit.esm.min.mjs' }, { 'src/index.ts': code, 'dist/orbit.esm.min.mjs': code }),
    [['.', 'src/index.ts']],
  )
  assert.deepEqual(await entriesOf({ module: 'dist/bundle.mjs' }, { 'src/index.ts': code }), [['.', 'src/index.ts']])
  // A file that hands on a bundle, and the folder of bundles.
  assert.deepEqual(
    await entriesOf(
      { exports: { '.': { import: './dist/orbit.mjs', require: './index.js' }, './dist/*': './dist/*' } },
      { 'index.js': "module.exports = require('./dist/orbit.cjs')\n", 'src/index.ts': code, 'src/plan.ts': code },
    ),
    [['.', 'src/index.ts']],
  )
  assert.deepEqual(
    await entriesOf(
      { main: 'target/js/plan.js' },
      {
        'tsconfig.json': '{ // folders\n "extends": "./tsconfig.base.json", }',
        'tsconfig.base.json':
          '{"compilerOptions": {"outDir": "target/js", "rootDir": "code"}, "extends": "./tsconfig.json"}',
        'code/plan.ts': code,
      },
    ),
    [['.', 'code/plan.ts']],
  )
  assert.deepEqual(
    await entriesOf(
      {
        exports: {
          '.': { types: './dist/types/index.d.ts', import: './dist/index.js', require: './dist/cjs/index.cjs' },
          './server': [{ node: './dist/esm/server/index.mjs' }, './dist/cjs/server.js'],
          './style.css': './dist/style.css',
          './internal/*': null,
          './features/*': './dist/features/*.js',
          './gone': './dist/gone.js',
          './package.json': './package.json',
        },
      },
      {
        'src/index.ts': code,
        'src/server/index.ts': code,
        'src/features/a.ts': code,
        'src/features/b/c.ts': code,
        'src/features/a.test.ts': code,
      },
    ),
    [
      ['.', 'src/index.ts'],
      ['./server', 'src/server/index.ts'],
      ['./features/a', 'src/features/a.ts'],
      ['./features/b/c', 'src/features/b/c.ts'],
    ],
  )
})

test('what is not published is private', async () => {
  const isPrivate = async (manifest: object, more = {}): Promise<boolean> =>
    (await packageOf({ 'package.json': json(manifest), ...more })).isPrivate
  assert.equal(await isPrivate({ name: 'orbit', private: true }), true)
  const readme = (text: string) => isPrivate({ name: 'orbit', private: true, main: 'a.js' }, { 'README.md': text })
  assert.equal(await readme('Run `npm install orbit` first.\n'), false, 'the build publishes another manifest')
  assert.equal(await readme('    pnpm add -D orbit\n'), false)
  assert.equal(await readme('Run `npm install orbit-cli`, then orbit.\n'), true)
  assert.equal(await isPrivate({ scripts: {} }), true)
  // An extension of VS Code is not installed with npm.
  const extension = { name: 'orbit', version: '1.0.0', main: 'a.js', engines: { vscode: '^1.46.0' } }
  assert.equal(await isPrivate(extension), true)
  // Nobody has answered what `npm init` asks for.
  const unanswered = { name: 'orbit', version: '1.0.0', main: 'a.js', description: '', author: '' }
  assert.equal(await isPrivate(unanswered), true)
  assert.equal(await isPrivate({ ...unanswered, author: 'Ann' }), false)
  assert.equal(await isPrivate({ name: 'orbit', workspaces: ['packages/*'] }), true)
  assert.equal(await isPrivate({ name: 'orbit' }, { 'pnpm-workspace.yaml': 'packages: ["*"]\n' }), true)
  assert.equal(await isPrivate({ name: 'orbit', version: '1.0.0', workspaces: ['x'], main: 'a.js' }), false)
  // An application says nothing of what others would import or run.
  assert.equal(await isPrivate({ name: 'orbit', version: '1.0.0', scripts: { start: 'node server.js' } }), true)
  assert.equal(await isPrivate({ name: 'orbit', version: '1.0.0' }, { 'index.js': 'x\n' }), false)
  assert.equal(await isPrivate({ name: 'a name; rm -rf x' }), true)
})

test('the package manager is the one that is asked for, else the one whose lock file there is', async () => {
  const tools = async (manifest: object, more = {}): Promise<string[]> =>
    (await packageOf({ 'package.json': json(manifest), ...more })).tools
  assert.deepEqual(await tools({ packageManager: 'yarn@4' }, { 'bun.lock': '{}' }), ['yarn'])
  assert.deepEqual(await tools({}, { 'bun.lock': '{}' }), ['bun'])
  assert.deepEqual(await tools({ packageManager: 'evil@1' }), ['npm'])
})

test('Deno has comments in its manifest, tasks, and what it takes from elsewhere', async () => {
  const found = await packageOf({
    'deno.jsonc': `{
      // what it is
      "name": "@acme/orbit", "version": "1.0.0", /* and where */ "exports": { ".": "./mod.ts", "./gone": "./gone.ts", },
      "tasks": { "dev": "deno run main.ts // not a comment", "test": { "command": "deno test" },
        "check": { "dependencies": ["test", "lint"] }, "none": {} },
      "imports": { "std": "jsr:@std/path@^1", "chalk": "npm:chalk@5", "own": "./x.ts" },
    }`,
    'mod.ts': 'x\n',
  })
  assert.equal(found.name, '@acme/orbit')
  assert.equal(found.isPrivate, false)
  assert.deepEqual(found.entries, [{ subpath: '.', file: 'mod.ts' }])
  assert.deepEqual(found.scripts, [
    { name: 'dev', command: 'deno run main.ts // not a comment' },
    { name: 'test', command: 'deno test' },
    { name: 'check', command: 'deno task test && deno task lint' },
  ])
  assert.deepEqual(needs(found), ['@std/path', 'chalk'])
})

test('packages of tests, examples and of others are none of the repository', async () => {
  const manifest = json({ name: 'orbit', version: '1.0.0' })
  const packages = await packagesOf({
    'packages/b/package.json': manifest,
    'packages/a/package.json': manifest,
    'package.json': manifest,
    'test/fixtures/package.json': manifest,
    'examples/one/package.json': manifest,
    'vendor/x/package.json': manifest,
    'node_modules/x/package.json': manifest,
  })
  assert.deepEqual(
    packages.map((one) => one.manifest),
    ['package.json', 'packages/a/package.json', 'packages/b/package.json'],
  )
})

test('a package of a website or its documents is not published, unless it has code or the README installs it', async () => {
  const docs = { name: 'orbit-docs', version: '1.0.0', main: 'index.js', scripts: { docs: 'docsify serve' } }
  assert.equal((await packageOf({ 'package.json': json(docs) })).isPrivate, true)
  assert.equal((await packageOf({ 'website/package.json': json({ ...docs, name: 'orbit' }) })).isPrivate, true)
  assert.equal((await packageOf({ 'package.json': json(docs), 'index.js': 'export const a = 1\n' })).isPrivate, false)
  assert.equal((await packageOf({ 'package.json': json({ ...docs, name: 'orbit' }) })).isPrivate, false)
  const installed = { 'package.json': json(docs), 'README.md': '# Orbit\n\n    npm install orbit-docs\n' }
  assert.equal((await packageOf(installed)).isPrivate, false)
})
