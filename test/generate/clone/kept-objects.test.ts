/** Versions of a repository that share what was fetched, over real HTTP from a real git. */
import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { tidyKeptObjects } from '#generate/clone/tidy-kept-objects.ts'
import { startGitHttp } from '../../support/git-http.ts'
import { type CommitSpec, git, makeRepository } from '../../support/repositories.ts'
import { attempt, makeFolder, repositoryAt, textOf } from './attempt.ts'

const COUNT = 6

/** Text that does not compress, and of which one line differs in each version. */
function filesOf(version: number): Record<string, string> {
  const files: Record<string, string> = {}
  for (let file = 0; file < 20; file++) {
    let state = file + 1
    const noise = Array.from({ length: 3_000 }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return state.toString(36)
    })
    files[`src/f${file}.txt`] = `${noise.join(' ')}\n`
  }
  return { ...files, version: `version ${version}\n` }
}

async function world(t: TestContext) {
  const base = await makeFolder()
  const root = path.join(base, 'git')
  const specs = Array.from({ length: COUNT }, (_, at): CommitSpec => ({ files: filesOf(at), annotatedTag: `v${at}` }))
  const made = await makeRepository(path.join(root, 'owner', 'name.git'), specs)
  const server = await startGitHttp(root)
  t.after(() => server.close())
  const folder = path.join(base, 'objects', '0'.repeat(32))
  const received: number[] = []
  const read = async (commitId: string, maxBytes = 100_000_000) => {
    server.requests.length = 0
    const { tree } = await attempt(repositoryAt(`${server.url}/owner/name`), commitId, {
      kept: { folder, maxBytes },
      onReceived: (bytes) => received.push(bytes),
    })
    const text = await textOf(tree, 'version')
    const other = await textOf(tree, 'src/f3.txt')
    assert.equal(other, filesOf(0)['src/f3.txt'])
    await tree.close()
    return {
      text,
      commit: tree.commit,
      packs: server.requests.filter((line) => line.startsWith('POST')).length,
      bytes: received.at(-1) ?? 0,
    }
  }
  return { root, made, server, folder, read }
}

test('versions cost what differs, and one that is there costs no pack', async (t) => {
  const { read, made } = await world(t)
  const first = await read('v0')
  assert.ok(first.packs > 0)
  for (let at = 1; at < COUNT; at++) {
    const { text, commit, bytes } = await read(`v${at}`)
    assert.deepEqual({ text, commit }, { text: `version ${at}\n`, commit: made.commits[at] })
    assert.ok(bytes < first.bytes / 20, `${bytes} after ${first.bytes}`)
  }
  for (let at = 0; at < COUNT; at++) assert.equal((await read(`v${at}`)).packs, 0)
})

test('a version that is not there yet costs what differs', async (t) => {
  const { read, root } = await world(t)
  const first = await read('v0')
  await git(path.join(root, 'owner', 'name.git'), ['fast-import', '--quiet'], pushOf('refs/heads/main', 'changed\n'))
  const next = await read('main')
  assert.equal(next.text, 'changed\n')
  assert.ok(next.packs > 0 && next.bytes < first.bytes / 10, `${next.bytes} after ${first.bytes}`)
  assert.equal((await read('main')).packs, 0)
})

const pushOf = (ref: string, text: string): string =>
  `commit ${ref}\ncommitter A <a@b.c> 1700009999 +0000\ndata 1\nx\nfrom ${ref}^0\nM 100644 inline version\ndata ${text.length}\n${text}\n`

test('whatever is missing, cut or broken is fetched again', async (t) => {
  const { read, folder } = await world(t)
  await read('v0')
  const packs = path.join(folder, 'objects', 'pack')
  const commits = path.join(folder, 'commits')
  const first = async (folder: string, end = '') =>
    path.join(folder, (await readdir(folder)).find((name) => name.endsWith(end)) ?? assert.fail())
  for (const damage of [
    async () => rm(await first(packs, '.idx')),
    async () => truncate(await first(packs, '.pack'), 100),
    async () => rm(packs, { recursive: true }),
    async () => {
      for (const name of await readdir(commits)) await writeFile(path.join(commits, name), '["pack-../../x"]')
    },
    async () => {
      for (const name of await readdir(commits)) await writeFile(path.join(commits, name), '')
    },
    async () => rm(folder, { recursive: true }),
  ]) {
    await damage()
    assert.equal((await read('v2')).text, 'version 2\n', damage.toString())
    assert.equal((await read('v3')).text, 'version 3\n')
  }
})

test('the lock of a process that is gone does not hold others up', async (t) => {
  const { read, folder } = await world(t)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'lock'), '00000000-00000000-4711-1')
  assert.equal((await read('v0')).text, 'version 0\n')
  assert.deepEqual((await readdir(folder)).sort(), ['commits', 'objects'])
})

test('several who start at once fetch the first version once, one after the other', async (t) => {
  const { read, made, folder } = await world(t)
  await Promise.all(Array.from({ length: COUNT }, (_, at) => read(`v${at}`)))
  assert.equal((await readdir(path.join(folder, 'commits'))).length, made.commits.length)
  const packs = path.join(folder, 'objects', 'pack')
  const sizes = await Promise.all((await readdir(packs)).map(async (name) => (await stat(path.join(packs, name))).size))
  assert.ok(sizes.filter((size) => size > 100_000).length === 1, String(sizes))
})

test('however many versions came before, one needs few packs', async (t) => {
  const { read, root, folder } = await world(t)
  for (let at = 0; at < 26; at++) {
    await git(
      path.join(root, 'owner', 'name.git'),
      ['fast-import', '--quiet'],
      pushOf('refs/heads/main', `push ${at}\n`),
    )
    assert.equal((await read('main')).text, `push ${at}\n`)
  }
  const commits = path.join(folder, 'commits')
  for (const name of await readdir(commits)) {
    assert.ok(JSON.parse(await readFile(path.join(commits, name), 'utf8')).length <= 24)
  }
})

test('more than the limit is not kept, and the version is documented all the same', async (t) => {
  const { read, folder } = await world(t)
  assert.equal((await read('v0', 1_000)).text, 'version 0\n')
  assert.equal((await read('v0', 1_000)).text, 'version 0\n')
  assert.deepEqual(await readdir(path.join(folder, 'commits')).catch(() => []), [])
})

test('what no follow wants goes after a while, and above the limit what was used longest ago', async (t) => {
  const { read, folder, made } = await world(t)
  await read('v0')
  const above = path.dirname(folder)
  const tidy = (wanted: readonly string[] | undefined, maxBytes = 100_000_000, now = Date.now() + 10_000) =>
    tidyKeptObjects(above, { maxBytes, graceMs: 5_000, now }, async () => wanted && new Set(wanted))
  assert.equal((await tidy(undefined, 0, Date.now())).removedBytes, 0, 'in use')
  await read('v3')
  assert.equal((await tidy(made.commits.slice(3))).removedBytes, 0, 'the packs are needed')
  assert.deepEqual(await readdir(path.join(folder, 'commits')), made.commits.slice(3, 4))
  const gone = await tidy([])
  assert.ok(gone.removedBytes > 0)
  assert.equal(gone.bytes, 0)
  await read('v1')
  const old = new Date(Date.now() - 60_000)
  for (const name of await readdir(path.join(folder, 'commits')))
    await utimes(path.join(folder, 'commits', name), old, old)
  assert.ok((await tidy(made.commits, 10)).removedBytes > 0)
  assert.deepEqual(await readdir(above), [])
  assert.equal(await readFile(path.join(folder, 'lock'), 'utf8').catch(() => 'none'), 'none')
})

test('only folders with the id of a follow are tidied, and no link is followed', async (t) => {
  const { root } = await world(t)
  const [above, outside] = [path.join(root, 'kept'), path.join(root, 'outside')]
  const [commit, id] = ['c'.repeat(40), 'a'.repeat(32)]
  for (const folder of [path.join(above, 'notes'), path.join(outside, id)]) {
    await mkdir(path.join(folder, 'commits'), { recursive: true })
    await mkdir(path.join(folder, 'objects', 'pack'), { recursive: true })
    for (const name of [`commits/${commit}`, `objects/pack/pack-${commit}.pack`])
      await writeFile(path.join(folder, name), '')
  }
  await mkdir(path.join(above, id))
  for (const name of ['commits', 'objects']) await symlink(path.join(outside, id, name), path.join(above, id, name))
  await symlink(path.join(outside, id), path.join(above, 'b'.repeat(32)))
  await symlink(outside, path.join(root, 'link'))
  const listAll = async () => (await readdir(outside, { recursive: true })).sort()
  const before = await listAll()
  const limits = { maxBytes: 0, graceMs: 1, now: Date.now() + 100_000 }
  await tidyKeptObjects(above, limits, async () => undefined)
  await tidyKeptObjects(path.join(root, 'link'), limits, async () => undefined)
  assert.deepEqual(await listAll(), before)
  assert.ok((await readdir(path.join(above, 'notes', 'commits'))).includes(commit))
})
