/** Files on which a stage would not end: the set is made all the same, and names them. */

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { parseRepository } from '#base/repository.ts'
import { generate } from '#generate/pipeline.ts'
import { createStepCache } from '#store/step-cache.ts'
import { type FileSpec, makeRepository } from '../support/repositories.ts'
import '../support/loop-at-marker.mjs'

// Not as one word: what reads this file looks at it with regular expressions, too.
const MARK = ['loops', 'for', 'ever'].join('_')
const loops = globalThis as { loopsIn?: () => boolean }
let stage = ''

async function setUp(t: TestContext, files: Record<string, FileSpec>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-looping-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const bare = path.join(folder, 'bare.git')
  await makeRepository(bare, files)
  const repository = parseRepository(pathToFileURL(bare).href, {
    allowedHosts: [],
    allowPrivateNetworks: false,
    localRepos: [folder],
  })
  const logged: string[] = []
  const log = (_level: string, text: string): unknown => logged.push(text)
  const report = (progress: { stage: string }): void => {
    stage = progress.stage
  }
  const cache = createStepCache(path.join(folder, 'cache'), { scope: 'r' })

  async function make(loopsIn: string) {
    loops.loopsIn = () => stage === loopsIn
    const workDir = await mkdtemp(path.join(folder, 'work-'))
    const { set } = await generate(
      {
        ...{ repository, commitId: null, workDir, cache, allowPrivateNetworks: false, sourceLinks: new Map() },
        limits: {
          ...{ cloneDepth: 1, cloneTimeoutMs: 60_000, maxRepoBytes: 1e8, maxFiles: 1_000, maxFileBytes: 1e6 },
        },
      },
      { signal: new AbortController().signal, report, log },
      { fileMs: 1_000 },
    )
    return { ...JSON.parse(String(set.files.get('verification.json'))), set }
  }
  return { make, logged }
}

const PLAIN = { 'a.py': 'def a():\n    """Does a."""\n', 'README.md': '# A\n\nSome words.\n' }

for (const [name, file, text] of [
  ['inventory', 'b.py', `# ${MARK}\ndef b():\n    pass\n`],
  ['analyse', 'Makefile', `all:\n\techo ${MARK}\n`],
  ['analyse', 'b.py', `class B:\n    """Says ${MARK}.\n\n    :param x: y\n    """\n`],
  ['analyse', 'b.ts', `/** Says ${MARK}. */\nexport function b(): void {}\n`],
  ['pages', '.env.example', `# Says ${MARK}.\nA_KEY=1\n`],
  ['pages', 'README.md', `# A\n\nSome words on ${MARK}.\n`],
  ['pages', 'mkdocs.yml', `site_name: A\nnav:\n  - A: ${MARK}.md\n`],
  // No guide: a translation is found by the search alone.
  ['publish', 'docs/i18n/zh/guide.md', `# Guide\n\nSome words on ${MARK}.\n`],
] as const) {
  test(`a file that loops in the stage ${name} is named: ${file}`, { timeout: 550_000 }, async (t) => {
    const { make, logged } = await setUp(t, { ...PLAIN, [file]: text })
    const verification = await make(name)
    const named = verification.incidents.map((one: { file: string; stage: string; reason: string }) => [
      one.file,
      one.stage,
      one.reason,
    ])
    // Several steps of a stage may look at it; guides are read where pages are begun.
    assert.ok(named.length > 0)
    for (const one of named) assert.deepEqual(one, [file, one[1] === 'guides' ? 'guides' : name, 'deadline'])
    assert.equal(verification.incident_count, named.length)
    assert.ok(verification.partial_files.includes(file))
    assert.ok(
      logged.some((line) => line.startsWith(file)),
      logged.join('\n'),
    )
    // What was made in a hurry is not kept.
    const again = await make('never')
    assert.equal(again.incidents, undefined)
    assert.deepEqual(again.partial_files, [])
  })
}

test('a page that takes too long to write says so, and the other pages are written', {
  timeout: 550_000,
}, async (t) => {
  const { make } = await setUp(t, {
    ...PLAIN,
    'docs/guide.md': `# Guide\n\nSome words.\n\n## More\n\n- Words on \`${MARK}\`.\n`,
  })
  const { incidents, set } = await make('render')
  const [[page, text], ...others] = [...set.files].filter(([, text]) => /This page took too long/.test(String(text)))
  assert.match(page, /guide\.md$/)
  assert.match(text, /^# Guide\n\n_This page took too long/)
  assert.deepEqual(
    others.filter(([name]: [string]) => name.endsWith('.md')),
    [],
  )
  assert.deepEqual(
    incidents.map((one: { file: string; stage: string; reason: string }) => [one.file, one.stage, one.reason]),
    [[page, 'pages', 'deadline']],
  )
})
