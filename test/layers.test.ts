/** Holds this project to the table of layers, and shows that the checker bites. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findBreaches, type Project } from './layers/check.ts'
import { table } from './layers/table.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

function readProject(): Project {
  const paths = ['src', 'queue', 'templates', 'setup', 'test', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map(
      (name) => `${folder}/${String(name).split(sep).join('/')}`,
    ),
  )
  const code = paths.filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !/\/(fixtures|node_modules)\//.test(path))
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return {
    sources: code.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
    paths,
    aliases: imports,
  }
}

test('this project keeps to its layers', () => {
  const project = readProject()
  assert.ok(project.sources.length > 10, 'the sources were found')
  for (const layer of ['base', 'queue', 'test']) {
    const { files } = table.layers.find(({ name }) => name === layer) ?? assert.fail(`no layer ${layer}`)
    assert.ok(
      project.sources.some(({ path }) => files.test(path)),
      `files of ${layer} were found`,
    )
  }
  assert.deepEqual(findBreaches(project, table), [])
})

test('a test that is skipped says why by test/support/skips.ts, which lets no missing tool pass in CI', () => {
  const { sources } = readProject()
  const skipping = sources.filter(
    ({ path, text }) => /^test\/.*\.tsx?$/.test(path) && /\.skip\(|\bskip: |\{ skip \}/.test(text),
  )
  assert.ok(skipping.length > 10, 'such tests were found')
  const odd = skipping.filter(({ path, text }) => path !== 'test/layers.test.ts' && !text.includes('support/skips.ts'))
  assert.deepEqual(
    odd.map(({ path }) => path),
    [],
  )
})

/** Breaches of a project made of these files; the first is the one under test. */
function judge(files: Record<string, string>): string[] {
  return findBreaches(
    {
      sources: Object.entries(files).map(([path, text]) => ({ path, text })),
      paths: [
        ...Object.keys(files),
        'src/base/a.ts',
        'queue/a.ts',
        'src/store/a.ts',
        'src/server/serve.ts',
        'test/a.ts',
      ],
      aliases: {
        '#base/*': './src/base/*',
        '#queue/*': './queue/*',
        '#store/*': './src/store/*',
        '#generate/*': './src/generate/*',
      },
    },
    table,
  )
}

describe('the checker refuses', () => {
  const refused: [title: string, path: string, text: string, expected: RegExp][] = [
    ['an import against the arrows', 'src/base/x.ts', `import { a } from '#queue/a.ts'`, /base may not import queue/],
    ['a type against the arrows', 'src/base/x.ts', `import type { A } from '#queue/a.ts'`, /base may not import queue/],
    ['a type by import()', 'src/base/x.ts', `let a: import('#queue/a.ts').A`, /base may not import queue/],
    ['a re-export', 'queue/x.ts', `export { a } from '#store/a.ts'`, /queue may not import store/],
    ['export *', 'queue/x.ts', `export * from '#store/a.ts'`, /queue may not import store/],
    ['an import for its side effects', 'queue/x.ts', `import '#store/a.ts'`, /queue may not import store/],
    ['a dynamic import', 'queue/x.ts', 'await import(`#store/a.ts`)', /queue may not import store/],
    ['require', 'queue/x.ts', `const a = require('#store/a.ts')`, /queue may not import store/],
    [
      'a thread',
      'queue/x.ts',
      `new Worker(new URL('./../src/store/a.ts', import.meta.url))`,
      /queue may not import store/,
    ],
    [
      'a value where types are allowed',
      'templates/x.tsx',
      `import { a } from '#queue/a.ts'`,
      /may import only types of queue/,
    ],
    [
      'a value beside a type',
      'templates/x.tsx',
      `import { type A, a } from '#queue/a.ts'`,
      /may import only types of queue/,
    ],
    [
      'a root imported from below',
      'src/http/x.ts',
      `import { a } from '#queue/../src/server/serve.ts'`,
      /http may not import root/,
    ],
    [
      'a test imported by the program',
      'src/main.ts',
      `import { a } from '#base/../../test/a.ts'`,
      /root may not import test/,
    ],
    ['a path that climbs', 'queue/x.ts', `import { a } from '../src/base/a.ts'`, /climbs/],
    ['a computed import', 'queue/x.ts', 'await import(name)', /computed import is not allowed/],
    ['a file that is not there', 'queue/x.ts', `import { a } from './nowhere.ts'`, /is no file/],
    ['an alias that is not there', 'queue/x.ts', `import { a } from '#nowhere/a.ts'`, /is no file/],
    ['a file of no layer', 'src/generate/odd/x.ts', '', /belongs to no layer/],
    [
      'proper-lockfile away from home',
      'src/store/x.ts',
      `import { lock } from 'proper-lockfile'`,
      /proper-lockfile is at home/,
    ],
    ['nodegit away from home', 'src/generate/pages/x.ts', `import git from 'nodegit'`, /nodegit is at home/],
    [
      'a file inside a package',
      'src/store/x.ts',
      `require.resolve('web-tree-sitter/tree.wasm')`,
      /web-tree-sitter is at home/,
    ],
    ['a grammar away from home', 'src/http/x.ts', `import.meta.resolve('tree-sitter-python/a.wasm')`, /is at home/],
    ['openai away from home', 'src/base/x.ts', `import type OpenAI from 'openai'`, /openai is at home/],
    ['remark away from home', 'templates/x.tsx', `import gfm from 'remark-gfm'`, /remark-gfm is at home/],
    ['hono away from home', 'queue/x.ts', `import { Hono } from 'hono/tiny'`, /hono is at home/],
    ['the Node server in http', 'src/http/x.ts', `import { serve } from '@hono/node-server'`, /at home elsewhere/],
    ['node: in http', 'src/http/x.ts', `import { join } from 'node:path'`, /http may not import node:path/],
    [
      'node: in templates, even a type',
      'templates/x.tsx',
      `import type { Stats } from 'node:fs'`,
      /may not import node:fs/,
    ],
    ['Buffer in http', 'src/http/x.ts', `Buffer.from('a')`, /uses a global of Node/],
    ['process in templates', 'templates/x.tsx', 'const a = <p>{globalThis.process.pid}</p>', /uses a global of Node/],
    ['process.env', 'queue/x.ts', 'const a = process.env.HOME', /process\.env is not allowed/],
    ["process['env']", 'queue/x.ts', `const a = process['env'].HOME`, /process\.env is not allowed/],
    ['env of process', 'src/server/serve.ts', 'const { env: e } = process', /process\.env is not allowed/],
    ['env of node:process', 'queue/x.ts', `import { env } from 'node:process'`, /process\.env is not allowed/],
    ['eval', 'queue/x.ts', `eval('1')`, /eval is not allowed/],
    ['new Function', 'queue/x.ts', `new Function('return 1')`, /eval is not allowed/],
    [
      'certificateCheck',
      'src/generate/clone/x.ts',
      'const a = { certificateCheck: () => 0 }',
      /certificateCheck is not/,
    ],
  ]
  for (const [title, path, text, expected] of refused) {
    test(title, () => {
      const breaches = judge({ [path]: text })
      assert.equal(breaches.length, 1, breaches.join('\n'))
      assert.match(breaches[0] ?? '', expected)
      assert.ok(breaches[0]?.startsWith(`${path}:1: `), 'it names the place')
    })
  }

  test('one stage importing another', () => {
    const files = {
      'src/generate/pages/x.ts': `import { a } from '#generate/clone/a.ts'`,
      'src/generate/clone/a.ts': '',
    }
    assert.match(judge(files).join('\n'), /pages may not import clone/)
  })

  test('a cycle, also one through a dynamic import', () => {
    const files = {
      'queue/x.ts': `import './y.ts'`,
      'queue/y.ts': `import './z.ts'`,
      'queue/z.ts': `await import('./x.ts')`,
    }
    assert.match(
      judge(files).join('\n'),
      /imports itself by queue\/x\.ts -> queue\/y\.ts -> queue\/z\.ts -> queue\/x\.ts/,
    )
  })
})

describe('the checker allows', () => {
  const allowed: [title: string, files: Record<string, string>][] = [
    ['an import along the arrows', { 'queue/x.ts': `import { a } from '#base/a.ts'` }],
    [
      'the loader of TypeScript, for a thread',
      { 'queue/x.ts': `new URL('../src/tsx.mjs', import.meta.url)`, 'src/tsx.mjs': `import 'tsx/esm/api'` },
    ],
    ['a file beside', { 'queue/x.ts': `import { a } from './a.ts'` }],
    ['a type from a layer whose types are allowed', { 'templates/x.tsx': `import { type A } from '#queue/a.ts'` }],
    [
      'the pipeline every stage',
      { 'src/generate/pipeline.ts': `import '#generate/clone/a.ts'`, 'src/generate/clone/a.ts': '' },
    ],
    ['a root everything', { 'src/main.ts': `import './server/serve.ts'; import '#queue/a.ts'` }],
    [
      'a cycle of types alone',
      { 'queue/x.ts': `import type { Y } from './y.ts'`, 'queue/y.ts': `import type { X } from './x.ts'` },
    ],
    [
      'words in comments and strings',
      { 'src/base/x.ts': `// import '#queue/a.ts'\nconst a = "require('nodegit'); eval(1)"` },
    ],
    [
      'properties with the names of globals',
      { 'src/http/x.ts': 'const a = { process: 1 }; a.process; type T = { Buffer: 1 }' },
    ],
    ['a method called eval', { 'queue/x.ts': `redis.eval('x')` }],
    [
      'tests what the program may not',
      { 'test/x.test.ts': `import { a } from '../src/server/serve.ts'; process.env.X; import git from 'nodegit'` },
    ],
    ['packages without a home anywhere', { 'queue/x.ts': `import { z } from 'zod'` }],
  ]
  for (const [title, files] of allowed) test(title, () => assert.deepEqual(judge(files), []))
})
