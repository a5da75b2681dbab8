import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ArtifactBuilder } from '#generate/analyse/artifacts/artifact-builder.ts'
import { type Found, findArtifacts } from '#generate/analyse/artifacts/find.ts'
import { Repository } from '#generate/analyse/artifacts/repository.ts'
import { KeptReadings } from '#generate/analyse/kept-readings.ts'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import { Incidents, LimitExceeded } from '#generate/incidents.ts'
import type { SourceFile } from '#generate/model.ts'
import { inventoryOf } from './inventory-of.ts'

type Texts = Readonly<Record<string, string>>

function createCache(): ResultsCache {
  const bytes = new Map<string, Uint8Array>()
  return new ResultsCache(
    { read: async (name) => bytes.get(name), write: async (name, value) => void bytes.set(name, value) },
    'repository',
  )
}

const readKept = (cache: ResultsCache, incidents = new Incidents()): Promise<KeptReadings> =>
  KeptReadings.read('test', { cache, surroundings: 'version rest' }, incidents)

/** How often `read` reads `a.txt`, by the texts of successive commits. */
async function countReads(
  commits: readonly Texts[],
  read: (file: SourceFile, repository: Repository, incidents: Incidents) => unknown,
): Promise<number[]> {
  const cache = createCache()
  const counts: number[] = []
  for (const texts of commits) {
    const { files } = await inventoryOf(texts)
    const incidents = new Incidents({ areFatal: false })
    const kept = await readKept(cache, incidents)
    const file = files.find(({ path }) => path === 'a.txt')
    assert.ok(file !== undefined)
    let count = 0
    const find = (repository: Repository): unknown => {
      count++
      return read(file, repository, incidents)
    }
    assert.deepEqual(
      kept.of(file, [new Repository(files, new Set(['x#f']))], find),
      read(file, new Repository(files, new Set(['x#f'])), incidents),
    )
    counts.push(count)
    await kept.write()
  }
  return counts
}

test('a file is read again when its text or an answer that it got has changed', async () => {
  const commits: Texts[] = [
    { 'a.txt': '1', 'b.txt': '1' },
    { 'a.txt': '1', 'b.txt': '1', 'c.txt': '1' },
    { 'a.txt': '1', 'b.txt': '2', 'c.txt': '1' },
    { 'a.txt': '1', 'c.txt': '1' },
    { 'a.txt': '2', 'c.txt': '1' },
  ]
  const askPath = (_: SourceFile, repository: Repository): unknown => ({ has: repository.isFile('b.txt') })
  assert.deepEqual(await countReads(commits, askPath), [1, 0, 0, 1, 1])
  const askText = (_: SourceFile, repository: Repository): unknown => ({ text: repository.file('b.txt')?.text ?? null })
  assert.deepEqual(await countReads(commits, askText), [1, 0, 1, 1, 1])
  const askNothing = (file: SourceFile): unknown => ({ text: file.text })
  assert.deepEqual(await countReads(commits, askNothing), [1, 0, 0, 0, 1])
})

test('a file is read again when a map or a set that it got has changed', async () => {
  const { files } = await inventoryOf({ 'a.txt': '1' })
  const [file = assert.fail()] = files
  for (const collect of [(one: string) => new Map([['a', one]]), (one: string) => new Set([one])]) {
    const cache = createCache()
    const counts: number[] = []
    for (const one of ['1', '1', '2']) {
      const kept = await readKept(cache)
      let count = 0
      kept.of(file, [{ all: () => collect(one) }], (subject) => {
        count++
        return [...subject.all()]
      })
      counts.push(count)
      await kept.write()
    }
    assert.deepEqual(counts, [1, 0, 1])
  }
})

test('a file with an incident, or with very many questions, is read every time', async () => {
  const commits: Texts[] = [{ 'a.txt': '1' }, { 'a.txt': '1' }]
  const failing = (_: SourceFile, __: Repository, incidents: Incidents): unknown => {
    incidents.add('analyse', 'a.txt', new LimitExceeded('Too long.'))
    return {}
  }
  assert.deepEqual(await countReads(commits, failing), [1, 1])
  const curious = (_: SourceFile, repository: Repository): unknown => {
    for (let index = 0; index < 2_001; index++) repository.isFile(`${index}`)
    return {}
  }
  assert.deepEqual(await countReads(commits, curious), [1, 1])
})

test('artifacts that were kept are those of a new analysis', async () => {
  const cache = createCache()
  const workflow =
    'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: node tools/check.js && npm run lint\n'
  const manifest = (scripts: Texts): string => JSON.stringify({ name: 'p', scripts })
  const commits: Texts[] = [
    { '.github/workflows/ci.yml': workflow, 'package.json': manifest({ lint: 'eslint' }), 'tools/check.js': '' },
    { '.github/workflows/ci.yml': workflow, 'package.json': manifest({ lint: 'eslint' }) },
    { '.github/workflows/ci.yml': workflow, 'package.json': manifest({}), 'tools/check.js': '' },
    { '.github/workflows/ci.yml': workflow, 'tools/check.js': '' },
  ]
  const seen = new Set<string>()
  for (const texts of commits) {
    const { files } = await inventoryOf(texts)
    const kept = await readKept(cache)
    const found = findArtifacts(files, { componentIds: new Set(), kept })
    await kept.write()
    assert.deepEqual(found, findArtifacts(files, { componentIds: new Set() }))
    seen.add(JSON.stringify(found.edges))
  }
  assert.equal(seen.size, 3)
})

test('a reader gets an object that has only methods', async () => {
  const builder: Found = new ArtifactBuilder('a.txt', 1)
  const { files } = await inventoryOf({ 'a.txt': '1' })
  const kept = await readKept(createCache())
  const [file] = files
  assert.ok(file !== undefined)
  assert.throws(() => kept.of(file, [builder], (one) => one.nodes), /not a method/)
})
