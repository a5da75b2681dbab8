import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffApis } from '#diff/diff.ts'
import type { PublicApi } from '#store/public-api.ts'
import { changesOf, diffOf } from './diff-of.ts'

const MANIFEST = { 'pyproject.toml': '[project]\nname = "orbit"\nversion = "1"\n' }

test('environment variables: added, gone, with another default', async () => {
  const changes = await changesOf(
    { ...MANIFEST, 'orbit/__init__.py': 'import os\nA = os.environ.get("ORBIT_A", "1")\nB = os.getenv("ORBIT_B")\n' },
    { ...MANIFEST, 'orbit/__init__.py': 'import os\nA = os.environ.get("ORBIT_A", "2")\nB = os.getenv("ORBIT_C")\n' },
  )
  assert.deepEqual(
    changes.filter((change) => change.includes('ORBIT_')),
    [
      'compatible environment-variable-added ORBIT_C',
      'unknown environment-variable-removed ORBIT_B',
      'unknown setting-default-changed ORBIT_A `1` → `2`',
    ]
      .concat(changes.filter((change) => change.includes('value-changed') && change.includes('ORBIT_')))
      .sort(),
  )
})

const tool = (options: string): Record<string, string> => ({
  ...MANIFEST,
  'orbit/__init__.py': '',
  'orbit/__main__.py': `import argparse\ndef main():\n  parser = argparse.ArgumentParser(prog="orbit")\n${options}  parser.parse_args()\n`,
})

test('arguments of commands: another order breaks, another name or number may', async () => {
  const withArguments = (...names: string[]): Record<string, string> =>
    tool(names.map((name) => `  parser.add_argument("${name}")\n`).join(''))
  const changed = (before: string[], after: string[]): Promise<string[]> =>
    changesOf(withArguments(...before), withArguments(...after))
  assert.deepEqual(await changed(['src', 'dst'], ['src', 'dst']), [])
  assert.deepEqual(await changed(['src', 'dst'], ['dst', 'src']), [
    'breaking argument-changed orbit `src dst` → `dst src`',
  ])
  assert.deepEqual(await changed(['src'], ['url']), ['unknown argument-changed orbit `src` → `url`'])
  assert.deepEqual(await changed(['src'], ['src', 'dst']), ['unknown argument-changed orbit `src` → `src dst`'])
})

test('an option that is declared twice is reported once', async () => {
  const twice = '  parser.add_argument("--force")\n  parser.add_argument("--force")\n'
  const other = '  parser.add_argument("--size")\n'
  assert.deepEqual(await changesOf(tool(twice + other), tool(other)), ['breaking option-removed orbit --force'])
  assert.deepEqual(await changesOf(tool(other), tool(twice + other)), ['compatible option-added orbit --force'])
})

test('options of commands: a removed one breaks', async () => {
  const changes = await changesOf(
    tool('  parser.add_argument("-f", "--force", action="store_true")\n  parser.add_argument("--size", default=1)\n'),
    tool('  parser.add_argument("--size", default=2)\n  parser.add_argument("--more")\n'),
  )
  assert.deepEqual(changes, [
    'breaking option-removed orbit --force',
    'breaking option-removed orbit -f',
    'compatible option-added orbit --more',
    'unknown option-default-changed orbit --size `1` → `2`',
  ])
})

test('dependencies and programs of a package', async () => {
  const manifest = (rest: object): Record<string, string> => ({
    'package.json': JSON.stringify({ name: 'orbit', version: '1.0.0', main: 'index.js', ...rest }),
    'index.js': 'export function f() {}\n',
    'cli.js': '',
  })
  const changes = await changesOf(
    manifest({ dependencies: { a: '1', b: '1' }, bin: { orbit: 'cli.js' } }),
    manifest({ dependencies: { a: '1', c: '1' }, peerDependencies: { react: '18' }, bin: { other: 'cli.js' } }),
  )
  assert.deepEqual(changes, [
    'breaking peer-dependency-added react',
    'breaking program-removed orbit',
    'compatible dependency-added c runtime',
    'compatible dependency-removed b',
    'compatible program-added other',
  ])
})

test('modules whose files differ are named with their pages', async () => {
  const { modules } = await diffOf(
    { ...MANIFEST, 'orbit/__init__.py': 'A = 1\n', 'orbit/b.py': 'B = 1\n' },
    { ...MANIFEST, 'orbit/__init__.py': 'A = 1\n', 'orbit/b.py': 'B = 1\nC = 2\n' },
  )
  assert.deepEqual(
    modules.map(({ change, files }) => [change, files]),
    [['changed', ['orbit/b.py']]],
  )
})

test('all files of a module that differ are listed', () => {
  const files = Array.from({ length: 300 }, (_, index): [string, string] => [`a/${index}.py`, 'x'])
  const api: PublicApi = {
    ...{ version: 1, commit: '', packages: [], definitions: [], settings: [], commands: [], modules: [] },
  }
  const module = { id: 'a', title: 'a', page: 'a.md', files }
  assert.equal(diffApis(api, { ...api, modules: [module] }).modules[0]?.files.length, 300)
})
