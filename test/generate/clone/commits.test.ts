import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { similarNamesIn } from '#base/similar-names.ts'
import { type GitHttpServer, startGitHttp } from '../../support/git-http.ts'
import { git, type MadeRepository, makeRepository } from '../../support/repositories.ts'
import { attempt, makeFolder, repositoryAt, resolve, textOf, withCode } from './attempt.ts'

describe('which commit is cloned over HTTP', () => {
  let server: GitHttpServer
  let made: MadeRepository
  let root: string

  before(async () => {
    root = await makeFolder()
    made = await makeRepository(path.join(root, 'owner', 'name.git'), [
      { files: { a: 'first', 'only-first': '' } },
      { files: { a: 'second' }, annotatedTag: 'v1.0' },
      { files: { a: 'third' }, message: 'third\n\nwith a body', tag: 'light' },
      { files: { a: 'topic 1' }, branch: 'topic/one' },
      { files: { a: 'topic 2' }, branch: 'topic/one' },
      { files: { a: 'looks like an id' }, branch: 'deadbeef' },
    ])
    server = await startGitHttp(root)
  })
  after(() => server.close())

  const commit = (index: number): string => made.commits[index] ?? ''
  const repository = () => repositoryAt(`${server.url}/owner/name`)

  async function clones(commitId: string | null, index: number, text: string, ref: string | null): Promise<string[]> {
    server.requests.length = 0
    const { tree, workDir } = await attempt(repository(), commitId)
    assert.equal(tree.commit, commit(index))
    assert.equal(await textOf(tree, 'a'), text)
    assert.equal(tree.ref, ref)
    assert.deepEqual(await readdir(workDir), ['repository'])
    await tree.close()
    return server.requests
  }

  test('without an id: the branch that HEAD stands for, with what the commit says of itself', async () => {
    const { tree, progress } = await attempt(repository())
    await tree.close()
    assert.equal(tree.commit, commit(2))
    assert.equal(tree.ref, 'main')
    assert.equal(tree.subject, 'third')
    assert.equal(tree.committedAt, '2023-11-14T22:13:22.000Z')
    assert.deepEqual(
      tree.entries.map((entry) => [entry.path, entry.kind]),
      [['a', 'file']],
    )
    const percents = progress.map(({ percent }) => percent)
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    )
    assert.equal(percents.at(-1), 100)
  })

  test('a branch, a tag and an annotated tag', async () => {
    await clones('topic/one', 4, 'topic 2', 'topic/one')
    await clones('light', 2, 'third', 'light')
    await clones('v1.0', 1, 'second', 'v1.0')
  })

  test('a branch whose name could be a short id is the branch', async () => {
    await clones('deadbeef', 5, 'looks like an id', 'deadbeef')
  })

  test('a full id, or a short one, of a branch or of what a tag is of needs no more requests than a branch', async () => {
    const usual = (await clones(null, 2, 'third', 'main')).length
    assert.equal((await clones(commit(4), 4, 'topic 2', null)).length, usual)
    assert.equal((await clones(commit(1), 1, 'second', null)).length, usual)
    assert.equal((await clones(commit(1).slice(0, 8).toUpperCase(), 1, 'second', null)).length, usual)
  })

  test('a full id that no ref points to is fetched alone where the host allows it', async () => {
    server.faults = { anyCommit: true }
    await clones(commit(0), 0, 'first', null)
    await assert.rejects(attempt(repository(), 'f'.repeat(40)), withCode('NO_SUCH_COMMIT'))
    server.faults = {}
  })

  test('a commit is on a branch or tag unless the host gives out any, or only another ref leads to it', async () => {
    const bare = path.join(root, 'owner', 'name.git')
    const pull = (
      await git(bare, ['commit-tree', `${commit(2)}^{tree}`, '-p', commit(2), '-m', 'of a stranger'])
    ).trim()
    await git(bare, ['update-ref', 'refs/pull/1/head', pull])
    const isOnRef = async (commitId: string | null): Promise<boolean> => {
      const { tree } = await attempt(repository(), commitId)
      await tree.close()
      return tree.isOnRef
    }
    try {
      for (const name of [null, 'topic/one', 'v1.0', commit(4), commit(0), commit(0).slice(0, 7)]) {
        assert.equal(await isOnRef(name), true, String(name))
      }
      assert.equal(await isOnRef(pull), false)
      server.faults = { anyCommit: true }
      assert.equal(await isOnRef(commit(4)), true)
      assert.equal(await isOnRef(commit(0)), false)
      assert.equal(await isOnRef(pull), false)
    } finally {
      server.faults = {}
      await git(bare, ['update-ref', '-d', 'refs/pull/1/head'])
    }
  })

  test('a full id that no ref points to is found by fetching everything where the host does not', async () => {
    await clones(commit(0), 0, 'first', null)
    await clones(commit(3), 3, 'topic 1', null)
    await assert.rejects(attempt(repository(), 'f'.repeat(40)), withCode('NO_SUCH_COMMIT'))
  })

  test('a short id that no ref points to is found by fetching everything', async () => {
    await clones(commit(0).slice(0, 7), 0, 'first', null)
    await assert.rejects(attempt(repository(), 'fffffff'), withCode('NO_SUCH_COMMIT'))
  })

  test('only as many commits are fetched as the depth says', async () => {
    for (const [depth, commits] of [
      [1, 1],
      [2, 2],
      [0, 3],
    ] as const) {
      const { tree, workDir } = await attempt(repository(), null, { depth })
      const found = await git(path.join(workDir, 'repository'), ['rev-list', tree.commit])
      await tree.close()
      assert.equal(found.trim().split('\n').length, commits, `depth ${depth}`)
    }
  })

  test('an unknown name is refused, and the most similar names are listed', async () => {
    await assert.rejects(attempt(repository(), 'nowhere'), (error: { hint: string }) => {
      assert.match(error.hint, /The most similar names: .*\bmain\b/)
      assert.ok(similarNamesIn(error.hint).includes('topic/one'), error.hint)
      return withCode('NO_SUCH_COMMIT')(error)
    })
  })

  test('resolving asks for the list of refs and nothing else', async () => {
    server.requests.length = 0
    assert.equal(await resolve(repository()), commit(2))
    assert.equal(await resolve(repository(), 'topic/one'), commit(4))
    assert.equal(await resolve(repository(), 'v1.0'), commit(1))
    assert.equal(await resolve(repository(), commit(4).slice(0, 9)), commit(4))
    assert.equal(await resolve(repository(), commit(0).slice(0, 9)), null)
    assert.ok(server.requests.every((request) => request.startsWith('GET ')))
    server.requests.length = 0
    assert.equal(await resolve(repository(), commit(0)), commit(0))
    assert.deepEqual(server.requests, [])
    await assert.rejects(resolve(repository(), 'nowhere'), withCode('NO_SUCH_COMMIT'))
  })

  test('nothing of the gateway is left in the new repository', async () => {
    const { tree, workDir } = await attempt(repository())
    const names = await readdir(workDir, { recursive: true })
    const files: string[] = []
    for (const name of names) if ((await stat(path.join(workDir, name))).isFile()) files.push(path.join(workDir, name))
    assert.ok(files.some((file) => file.endsWith('.pack')))
    for (const file of files) assert.doesNotMatch(await readFile(file, 'latin1'), /127\.0\.0\.1|git-upload-pack/, file)
    await tree.close()
  })

  test('a repository whose HEAD points nowhere says so, and its branches can be cloned', async () => {
    const { folder, commits } = await makeRepository(path.join(root, 'owner', 'headless.git'), [
      { files: { a: 'x' }, branch: 'other' },
    ])
    await git(folder, ['symbolic-ref', 'HEAD', 'refs/heads/gone'])
    const headless = repositoryAt(`${server.url}/owner/headless`)
    await assert.rejects(attempt(headless), withCode('NO_SUCH_COMMIT'))
    assert.equal(await resolve(headless, 'other'), commits[0])
  })

  test('two short ids in one are refused', async () => {
    const { folder } = await makeRepository(path.join(root, 'owner', 'twins.git'), { a: 'x' })
    const tree = (await git(folder, ['rev-parse', 'HEAD^{tree}'])).trim()
    const [prefix, ids] = await findTwins(folder, tree)
    for (const [index, id] of ids.entries()) await git(folder, ['update-ref', `refs/heads/twin-${index}`, id])
    await assert.rejects(attempt(repositoryAt(`${server.url}/owner/twins`), prefix), withCode('AMBIGUOUS_COMMIT'))
  })
})

/** Two commits whose ids begin with the same 7 digits, found once and written down as the times of the commits. */
async function findTwins(folder: string, tree: string): Promise<[string, string[]]> {
  const ids: string[] = []
  for (const seconds of TWINS) {
    const who = `Test <t@example.org> ${seconds} +0000`
    const body = `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\ntwin\n`
    ids.push((await git(folder, ['hash-object', '-t', 'commit', '-w', '--stdin'], body)).trim())
  }
  return [ids[0]?.slice(0, 7) ?? '', ids]
}

const TWINS = [1_700_007_437, 1_700_009_552]
