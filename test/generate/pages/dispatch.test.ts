/** Which of several definitions a build selects is found once per repository, however many calls ask. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component, SourceFile } from '#generate/model.ts'
import { dispatchOf } from '#generate/pages/calls/dispatch.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { component, file } from './sample.ts'

/** A repository of components whose files import modules, with the number of times that it was asked for imports and texts. */
function repositoryOf(language: string, components: readonly Component[], imports: Record<string, string[]>) {
  const asked = { bindings: 0, files: 0, texts: 0 }
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
  const folders = new Map<string, SourceFile[]>()
  for (const source of files.values()) {
    const folder = source.path.slice(0, Math.max(0, source.path.lastIndexOf('/')))
    folders.set(folder, [...(folders.get(folder) ?? []), source])
  }
  for (const list of folders.values())
    for (const source of list) {
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
    folders,
    components: new Map(components.map((one) => [one.id, one])),
    tops: new Map(components.map((one) => [one.file, [one]])),
    members: new Map(),
    heirs: new Map(),
    callees: new Map(),
    doubtful: new Map(),
    occurrences: {
      bindingsOf: (path: string) => {
        asked.bindings++
        return (imports[path] ?? []).map((module) => ({ module }))
      },
    },
  } as unknown as RepoIndex
  return { repo, asked }
}

const functionIn = (path: string, name: string): Component =>
  component(file(path, null), name, { kind: 'function', startLine: 1, endLine: 1 })

test('functions of Go of which each build has one, and packages that only those import', () => {
  const main = functionIn('main.go', 'main')
  const parts = ['one_linux.go', 'one_darwin.go'].map((path) => functionIn(path, 'open'))
  const [sub, other, plain] = ['sub/a.go', 'deep/other/a.go', 'plain/a.go'].map((path) => functionIn(path, 'go'))
  assert.ok(parts[0] !== undefined && sub !== undefined && other !== undefined && plain !== undefined)
  const only = functionIn('only.go', 'only')
  const { repo } = repositoryOf('go', [main, ...parts, sub, other, plain, only], {
    'one_linux.go': ['example.org/orbit/sub', 'example.org/orbit/deep/other'],
    'only.go': ['example.org/orbit/plain'],
    'main.go': ['example.org/orbit/deep/other'],
  })
  const isOne = (callee: Component): boolean => dispatchOf(repo, callee, main).isOneOfSeveral
  assert.ok(isOne(parts[0]))
  assert.ok(isOne(sub))
  assert.ok(![main, only, other, plain].some(isOne))
})

test('many calls among many files of Go ask each file once', () => {
  const main = functionIn('main.go', 'main')
  const tops = Array.from({ length: 1_000 }, (_, n) => functionIn(`f${n}.go`, `x${n}`))
  const callees = Array.from({ length: 1_000 }, (_, n) => functionIn(`sub${n % 100}/t${n}.go`, `go${n}`))
  const imports = Object.fromEntries(tops.map(({ file }, n) => [file, [`example.org/orbit/sub${n % 100}`]]))
  const { repo, asked } = repositoryOf('go', [main, ...tops, ...callees], imports)
  for (const callee of callees) assert.ok(!dispatchOf(repo, callee, main).isOneOfSeveral)
  for (const callee of tops) assert.ok(!dispatchOf(repo, callee, main).isOneOfSeveral)
  assert.ok(asked.bindings <= 2_000, `${asked.bindings} bindings`)
  assert.ok(asked.files <= 20_000, `${asked.files} files`)
})

test('functions of Rust of which sibling modules each have one under a condition', () => {
  const main = functionIn('src/main.rs', 'main')
  const [unix, windows] = ['src/unix.rs', 'src/windows.rs'].map((path) => functionIn(path, 'plan'))
  const plain = ['src/bash.rs', 'src/zsh.rs'].map((path) => functionIn(path, 'write'))
  const only = { ...functionIn('src/net.rs', 'read'), condition: '#[cfg(feature = "net")]' }
  assert.ok(unix !== undefined && windows !== undefined)
  const both = [unix, windows].map((one) => ({ ...one, condition: '#[cfg(unix)]' }))
  const { repo, asked } = repositoryOf('rust', [main, ...both, ...plain, only], {})
  const isOne = (callee: Component): boolean => dispatchOf(repo, callee, main).isOneOfSeveral
  assert.deepEqual(both.map(isOne), [true, true])
  assert.ok(![main, only, ...plain].some(isOne))
  assert.deepEqual([asked.bindings, asked.texts], [0, 0])
})
