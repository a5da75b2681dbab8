/** Texts that once took squares of their length or worse, through the whole of `generate`. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { program } from '../support/docspool.ts'
import { type FileSpec, git, makeRepository } from '../support/repositories.ts'

/** Far above what a slow machine needs, and far below what any of these took. */
const DEADLINE_MS = 120_000

let folder = ''
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-attacks-'))
})
after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

async function document(name: string, files: Record<string, FileSpec>): Promise<string[]> {
  const bare = path.join(folder, `${name}.git`)
  await makeRepository(bare, {
    'README.md': '# Small\n\nA small one.\n',
    'main.py': 'def a():\n    """Does a."""\n',
    ...files,
  })
  const checkout = path.join(folder, name)
  await git(folder, ['clone', '--quiet', bare, name])
  const out = path.join(folder, `${name}-set`)
  await new Promise<void>((resolve, reject) => {
    execFile(
      process.execPath,
      [program, 'generate', checkout, '-o', out],
      { cwd: folder, timeout: DEADLINE_MS, killSignal: 'SIGKILL', maxBuffer: 1e8 },
      (error, _, err) =>
        error === null ? resolve() : reject(new Error(`${name} did not end well: ${err.slice(-500)}`)),
    )
  })
  return readdir(out)
}

describe('generate completes in time with', () => {
  const cases: Record<string, Record<string, FileSpec>> = {
    'a dependency of many parts': {
      'package.json': JSON.stringify({ name: 'x', dependencies: { [`${'a/'.repeat(60)}a!`]: '1.0.0' } }),
    },
    'an empty file with a long name': { [`compose${'-a'.repeat(100)}`]: '' },
    'many modifiers before a Scala object': { 'a.scala': `${'implicit '.repeat(40)}val x = 1\n` },
    'many templates behind a macro of C++': { 'a.cpp': `MY_MACRO ${'a<b>::'.repeat(40)} x;\nint y;\n` },
    'nothing but line feeds in a CMakeLists.txt': { 'CMakeLists.txt': `project(x)\n${'\n'.repeat(900_000)}` },
  }
  for (const [title, files] of Object.entries(cases))
    it(title, async () => {
      const made = await document(title.replace(/\W+/g, '-'), files)
      assert.ok(made.length > 0)
    })
})

interface Attack {
  /** The file of the pattern that it was found for. */
  from: string
  /** What stands before, and what is repeated. */
  pumps: [prefix: string, pump: string][]
  suffix: string
}

const LENGTH = 20_000
const NAMES: [about: RegExp, names: readonly string[]][] = [
  [/c-family|\/cpp\//, ['h', 'c', 'cpp']],
  [/csharp|xmldoc/, ['cs']],
  [/godoc|\/go/, ['go']],
  [/java(?:doc)?\b/, ['java']],
  [/kotlin/, ['kt']],
  [/php/, ['php']],
  [/ruby|sinatra/, ['rb']],
  [/rust/, ['rs']],
  [/scala/, ['scala']],
  [/python|django/, ['py']],
  [/typescript|javascript/, ['ts', 'js']],
  [/./, ['md', 'toml', 'py', 'ts', 'proto', 'go.mod', 'cmake', 'html']],
]

it('generate completes in time with all attacks at once, as texts, comments and names', async () => {
  const attacks: Attack[] = JSON.parse(await readFile(new URL('attacks.json', import.meta.url), 'utf8'))
  const files: Record<string, FileSpec> = {}
  const names: string[] = []
  for (const [index, { from, pumps, suffix }] of attacks.entries()) {
    const per = pumps.reduce((sum, [, pump]) => sum + pump.length, 0)
    const text =
      pumps.map(([prefix, pump]) => prefix + pump.repeat(Math.ceil(LENGTH / Math.max(1, per)))).join('') + suffix
    const [, endings = []] = NAMES.find(([about]) => about.test(from)) ?? []
    // Of many endings two for each attack, others for the next one.
    const own = endings.length < 4 ? endings : [0, 3].map((step) => endings[(index + step) % endings.length])
    for (const ending of own) files[`a${index}/a.${ending}`] = text
    const name = text.slice(0, 200).replace(/[^\w.@<>()[\]{}:;,=+-]/g, '-')
    names.push(name)
    files[`n${index}/${name.replace(/^\.*/, 'n')}.md`] = `# ${name}\n\n${text.slice(0, 2_000)}\n`
  }
  files['package.json'] = JSON.stringify({
    name: 'x',
    dependencies: Object.fromEntries(names.map((name) => [name, '1'])),
  })
  files['requirements.txt'] = names.join('\n')
  const made = await document('attacks', files)
  assert.ok(made.length > 0)
})
