/** Packages that share a name are compared one to one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffApis } from '#diff/diff.ts'
import type { ApiPackage, PublicApi } from '#store/public-api.ts'

const pack = (folder: string, dependencies: readonly string[], name = 'orbit'): ApiPackage => ({
  ...{ ecosystem: 'npm', name, version: null, folder, manifest: `${folder}/package.json` },
  dependencies: dependencies.map((each) => ({ name: each, kind: 'runtime', group: null })),
  ...{ programs: [], paths: [] },
})
const api = (...packages: ApiPackage[]): PublicApi => ({
  ...{ version: 1, commit: '', packages, definitions: [], settings: [], commands: [], modules: [] },
})
const changes = (before: PublicApi, after: PublicApi): string[] =>
  diffApis(before, after).changes.map(({ rule, name }) => `${rule} ${name}`)

test('a change of one package is reported once, however many packages have its name', () => {
  const before = api(pack('a', []), pack('b', []), pack('c', ['x']))
  assert.deepEqual(changes(before, api(pack('a', ['y']), pack('b', []), pack('c', ['x']))), ['dependency-added y'])
  assert.deepEqual(changes(before, before), [])
})

test('packages are paired by name and folder, then by name, then by folder, each once', () => {
  assert.deepEqual(changes(api(pack('a', ['x']), pack('b', [])), api(pack('b', []), pack('c', ['x']))), [])
  assert.deepEqual(changes(api(pack('a', ['x'])), api(pack('a', ['x'], 'comet'))), ['package-renamed orbit'])
  assert.deepEqual(changes(api(pack('a', []), pack('b', [])), api(pack('b', []))), ['package-removed orbit'])
})
