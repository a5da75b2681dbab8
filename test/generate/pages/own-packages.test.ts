import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Package } from '#generate/model.ts'
import { installCommands } from '#generate/pages/public-api/own-packages.ts'

test('pip installs a pre-release only if it is told to', () => {
  const commandsOf = (version: string): string[] =>
    installCommands({
      ecosystem: 'pypi',
      name: 'orbit',
      isPrivate: false,
      entries: [],
      programs: [],
      dependencies: [],
      version,
    } as never as Package)
  for (const version of ['2.0rc1', '2.0-beta', '2.0.b2', '2.0a', '2.0_preview_3'])
    assert.deepEqual(commandsOf(version), ['pip install --pre orbit'], version)
  for (const version of ['2.0', '2.0.post1', '2.0.dev0']) assert.deepEqual(commandsOf(version), ['pip install orbit'])
})

test('go installs no program whose go.mod replaces modules', () => {
  const commandsOf = (isBuiltInPlace: boolean): string[] =>
    installCommands({
      ...{ ecosystem: 'go', name: 'example.org/orbit', folder: '', isPrivate: false, entries: [], dependencies: [] },
      ...{ programs: [{ name: 'orbit', runs: 'cmd/orbit/main.go' }], isBuiltInPlace },
    } as never as Package)
  assert.deepEqual(commandsOf(false), ['go install example.org/orbit/cmd/orbit@latest'])
  assert.deepEqual(commandsOf(true), [])
})

test('the extra that a command of Python needs is installed with it', () => {
  const commandsOf = (group: string, programs: unknown[], name = 'orbit'): string[] =>
    installCommands({
      ecosystem: 'pypi',
      name,
      isPrivate: false,
      entries: [],
      programs,
      dependencies: [{ name: 'click', kind: 'optional', group }],
      version: '2.0',
    } as never as Package)
  assert.deepEqual(commandsOf('cli', [{ name: 'orbit', runs: 'orbit:main' }]), [
    'pip install orbit',
    'pip install "orbit[cli]"',
  ])
  assert.deepEqual(commandsOf('cli', [{ name: 'pip', runs: 'pip:main' }], 'pip')[1], 'pip install "pip[cli]"')
  assert.deepEqual(commandsOf('cli', []), ['pip install orbit'])
  assert.deepEqual(commandsOf('http2', [{ name: 'orbit', runs: 'orbit:main' }]), ['pip install orbit'])
})

test('cargo installs no program that default features leave out', () => {
  const commandsOf = (isOptional: boolean): string[] =>
    installCommands({
      ...{ ecosystem: 'cargo', name: 'orbit', isPrivate: false, dependencies: [] },
      ...{ entries: [{ subpath: '.', file: 'src/lib.rs' }], programs: [{ name: 'orbit', runs: 'a.rs', isOptional }] },
    } as never as Package)
  assert.deepEqual(commandsOf(false), ['cargo install orbit'])
  assert.deepEqual(commandsOf(true), ['cargo add orbit'])
})

test('a manifest of scripts only is no package of npm', () => {
  const of = (more: object): string[] =>
    installCommands({
      ...{ ecosystem: 'npm', name: 'orbit', isPrivate: false, entries: [], programs: [], dependencies: [] },
      ...more,
    } as never as Package)
  assert.deepEqual(of({}), [])
  assert.deepEqual(of({ entries: [{ subpath: '.', file: 'index.js' }] }), ['npm install orbit'])
})
