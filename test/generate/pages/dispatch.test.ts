/** Which of several definitions a build selects is found once per repository, however many calls ask. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component, SourceFile } from '#generate/model.ts'
import { dispatchOf } from '#generate/pages/calls/dispatch.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { component, file } from './sample.ts'

/** A repository of components, with the number of times that it was asked for the roles and texts of files. */
function repositoryOf(language: string, components: readonly Component[]) {
  const asked = { files: 0, texts: 0 }
  const files = new Map<string, SourceFile>()
  for (const { file: path } of components) {
    const source = file(path, null, { language })
    Object.defineProperty(source, 'text', {
      get: () => {
        asked.texts++
        return 'plan()\n'
      },
    })
    files.set(path, source)
  }
  for (const source of files.values()) {
    const role = source.role
    Object.defineProperty(source, 'role', {
      get: () => {
        asked.files++
        return role
      },
    })
  }
  const repo = {
    files,
    components: new Map(components.map((one) => [one.id, one])),
    members: new Map(),
    heirs: new Map(),
    callees: new Map(),
    possibleUsers: new Map(),
  } as unknown as RepoIndex
  return { repo, asked }
}

const functionIn = (path: string, name: string): Component =>
  component(file(path, null), name, { kind: 'function', startLine: 1, endLine: 1 })

test('functions of Go of which each build has one', () => {
  const main = functionIn('main.go', 'main')
  const parts = ['sys/one_linux.go', 'sys/one_darwin.go'].map((path) => functionIn(path, 'open'))
  const plain = functionIn('plain/a.go', 'open')
  assert.ok(parts[0] !== undefined)
  const { repo } = repositoryOf('go', [main, ...parts, plain])
  const isOne = (callee: Component): boolean => dispatchOf(repo, callee, main).isOneOfSeveral
  assert.ok(isOne(parts[0]))
  assert.ok(![main, plain].some(isOne))
})

test('whether there are several is found once for all calls', () => {
  const main = functionIn('main.go', 'main')
  const callees = Array.from({ length: 1_000 }, (_, n) => functionIn(`sub${n % 100}/t${n}.go`, `go${n}`))
  const { repo, asked } = repositoryOf('go', [main, ...callees])
  for (const callee of callees) assert.ok(!dispatchOf(repo, callee, main).isOneOfSeveral)
  assert.ok(asked.files <= 4_000, `${asked.files} files`)
})

test('functions of Rust of which sibling modules each have one under a condition', () => {
  const main = functionIn('src/main.rs', 'main')
  const [unix, windows] = ['src/unix.rs', 'src/windows.rs'].map((path) => functionIn(path, 'plan'))
  const plain = ['src/bash.rs', 'src/zsh.rs'].map((path) => functionIn(path, 'write'))
  const only = { ...functionIn('src/net.rs', 'read'), condition: '#[cfg(feature = "net")]' }
  assert.ok(unix !== undefined && windows !== undefined)
  const both = [unix, windows].map((one) => ({ ...one, condition: '#[cfg(unix)]' }))
  const { repo, asked } = repositoryOf('rust', [main, ...both, ...plain, only])
  const isOne = (callee: Component): boolean => dispatchOf(repo, callee, main).isOneOfSeveral
  assert.deepEqual(both.map(isOne), [true, true])
  assert.ok(![main, only, ...plain].some(isOne))
  assert.equal(asked.texts, 0)
})

test('a method that passes its call on is no example of what runs', () => {
  const validator = component(file('a.go', null), 'Validator', { kind: 'interface' })
  const [wanted, own, other] = ['Validator.Validate', 'Context.Validate', 'Rules.Validate'].map((name) =>
    component(file('a.go', null), name, { kind: 'method', parent: name.startsWith('V') ? validator.id : null }),
  )
  assert.ok(wanted !== undefined && own !== undefined && other !== undefined)
  const { repo } = repositoryOf('go', [validator, wanted, own, other])
  const heirs = new Map([[wanted.id, new Map([own, other].map(({ id }) => [id, 'overrides'] as const))]])
  const { overriders } = dispatchOf({ ...repo, heirs } as unknown as RepoIndex, wanted, own)
  assert.deepEqual(overriders, [other])
})
