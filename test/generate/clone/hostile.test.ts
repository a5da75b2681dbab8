import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type GitHttpServer, startGitHttp } from '../../support/git-http.ts'
import { commitTree, git, makeRepository, type RawEntry, writeObject, writeTree } from '../../support/repositories.ts'
import { attempt, makeFolder, repositoryAt, repositoryIn, textOf, withCode } from './attempt.ts'

describe('a hostile tree', () => {
  let root: string
  let server: GitHttpServer
  let made = 0

  before(async () => {
    root = await makeFolder()
    server = await startGitHttp(root)
  })
  after(() => server.close())

  const newFolder = (): string => path.join(root, 'o', `r${made++}.git`)
  const overHttp = (folder: string) => repositoryAt(`${server.url}/o/${path.basename(folder)}`)

  /** The listing, read in place and over HTTP. */
  async function listed(folder: string): Promise<{ paths: string[]; refused: number }> {
    const both = await Promise.all([attempt(repositoryIn(folder)), attempt(overHttp(folder))])
    const [local, remote] = both.map(({ tree }) => ({
      paths: tree.entries.map((entry) => `${entry.kind} ${entry.path}`),
      refused: tree.refused,
    }))
    for (const { tree } of both) await tree.close()
    assert.deepEqual(remote, local)
    return local ?? assert.fail()
  }

  async function withRaw(make: (blob: string, folder: string) => RawEntry[] | Promise<RawEntry[]>): Promise<string> {
    const { folder } = await makeRepository(newFolder(), [])
    const blob = await writeObject(folder, 'blob', 'text')
    await commitTree(folder, await writeTree(folder, await make(blob, folder)))
    return folder
  }

  test('links and submodules are listed by what they are, with the text of the link', async () => {
    const { folder } = await makeRepository(newFolder(), {
      'README.md': { symlink: '/etc/passwd' },
      dev: { symlink: '/dev/zero' },
      run: { executable: '#!/bin/sh' },
      sub: { submodule: '1234567890123456789012345678901234567890' },
      up: { symlink: '../../../etc/shadow' },
    })
    const { paths, refused } = await listed(folder)
    assert.deepEqual(paths, ['symlink README.md', 'symlink dev', 'file run', 'submodule sub', 'symlink up'])
    assert.equal(refused, 0)
    const { tree } = await attempt(overHttp(folder))
    assert.equal(await textOf(tree, 'README.md'), '/etc/passwd')
    await tree.close()
  })

  test('names that mean another place are refused and counted, the rest is listed', async () => {
    const folder = await withRaw((id) =>
      ['.', '..', '.git', '.GIT', '.Git', '../escape', 'a/b', '/etc', 'plain', '...', '.gitignore', 'git~1'].map(
        (name) => ({ mode: '100644', name, id }),
      ),
    )
    const { paths, refused } = await listed(folder)
    assert.deepEqual(paths, ['file plain', 'file ...', 'file .gitignore', 'file git~1'])
    assert.equal(refused, 8)
  })

  test('a name that occurs twice is listed once, whatever it is of', async () => {
    const folder = await withRaw(async (id, at) => {
      const below = await writeTree(at, [{ mode: '100644', name: 'x', id }])
      return [
        { mode: '100644', name: 'twice', id },
        { mode: '100644', name: 'other', id },
        { mode: '40000', name: 'twice', id: below },
        { mode: '100644', name: 'twice', id },
      ]
    })
    assert.deepEqual(await listed(folder), { paths: ['file twice', 'file other'], refused: 2 })
  })

  test('odd names and modes do no harm', async () => {
    const names = [
      '"quoted"',
      '<img src=x>',
      'line\nbreak',
      '-rf',
      'C:\\x',
      'a b',
      '\u202egnp.exe',
      '名前',
      '\u0001',
      '$(id)',
    ]
    const folder = await withRaw((id) => [
      ...names.map((name) => ({ mode: '100644', name, id })),
      { mode: '100664', name: 'group-writable', id },
      { mode: '100644', name: Buffer.from([0xff, 0xfe, 0x41]), id },
    ])
    const { paths, refused } = await listed(folder)
    assert.deepEqual(
      paths,
      [...names, 'group-writable', '\ufffd\ufffdA'].map((name) => `file ${name}`),
    )
    assert.equal(refused, 0)
  })

  test('entries that git itself would not send are refused', async () => {
    const folder = await withRaw((id) => [
      { mode: '100644', name: '', id },
      { mode: '0', name: 'no mode', id },
      { mode: '999999', name: 'no octal', id },
      { mode: '100644', name: 'plain', id },
    ])
    const { tree } = await attempt(repositoryIn(folder))
    await tree.close()
    assert.deepEqual(
      tree.entries.map((entry) => entry.path),
      ['plain'],
    )
    assert.equal(tree.refused, 3)
  })

  test('of folders in each other, 200 are listed, and a deeper one is refused and counted', async () => {
    const deep = `${'d/'.repeat(200)}deep`
    const { folder } = await makeRepository(newFolder(), { [deep]: 'down here', [`${'d/'.repeat(201)}deeper`]: 'lost' })
    assert.deepEqual(await listed(folder), { paths: [`file ${deep}`], refused: 1 })
  })

  test('a path that no disk could hold is refused', async () => {
    const { folder } = await makeRepository(newFolder(), [])
    let tree = await writeTree(folder, [])
    for (let depth = 0; depth < 40; depth++) {
      tree = await writeTree(folder, [{ mode: '40000', name: 'n'.repeat(200), id: tree }])
    }
    await commitTree(folder, tree)
    assert.deepEqual(await listed(folder), { paths: [], refused: 1 })
  })

  test('a few trees that stand for billions of files are refused', async () => {
    const { folder } = await makeRepository(newFolder(), [])
    let tree = await writeObject(folder, 'blob', 'lol')
    for (let depth = 0; depth < 10; depth++) {
      const mode = depth === 0 ? '100644' : '40000'
      const id = tree
      tree = await writeTree(
        folder,
        Array.from({ length: 10 }, (_, index) => ({ mode, name: `${index}`, id })),
      )
    }
    await commitTree(folder, tree)
    await assert.rejects(attempt(repositoryIn(folder)), withCode('REPOSITORY_TOO_LARGE'))
  })

  test('a tree that is cut, or that is none, is damage', async () => {
    for (const make of [
      (folder: string) => writeObject(folder, 'tree', '100644 cut'),
      (folder: string) => writeObject(folder, 'tree', '100644 cut\0short'),
      (folder: string) => writeObject(folder, 'tree', Buffer.from([0xff, 0, 0])),
      (folder: string) => writeObject(folder, 'blob', 'no tree at all'),
    ]) {
      const { folder } = await makeRepository(newFolder(), [])
      await commitTree(folder, await make(folder))
      await assert.rejects(attempt(repositoryIn(folder)), withCode('REPOSITORY_DAMAGED'))
    }
  })

  test('odd commits are read', async () => {
    const { folder } = await makeRepository(newFolder(), [])
    const tree = await writeTree(folder, [])
    for (const [head, committedAt, subject] of [
      ['committer A <a> 99999999999999 +0000', '1970-01-01T00:00:00.000Z', 'x'],
      ['committer A <a> -1 +0000', '1969-12-31T23:59:59.000Z', 'x'],
      ['no committer at all', '1970-01-01T00:00:00.000Z', 'x'],
    ] as const) {
      const id = await writeObject(folder, 'commit', `tree ${tree}\n${head}\n\n\n${subject}\nmore`)
      const { tree: opened } = await attempt(repositoryIn(folder), id)
      await opened.close()
      assert.deepEqual([opened.committedAt, opened.subject], [committedAt, subject])
    }
  })

  test('a file over the limit is refused without being loaded, however small its pack', async () => {
    const { folder } = await makeRepository(newFolder(), { bomb: new Uint8Array(60_000_000), small: 'read me' })
    await git(folder, ['repack', '-adq'])
    const { tree } = await attempt(overHttp(folder), null, { maxBytes: 1_000_000 })
    const bomb = tree.entries.find((entry) => entry.path === 'bomb')?.blob ?? ''
    const before = process.memoryUsage.rss()
    await assert.rejects(tree.read(bomb), withCode('BLOB_TOO_LARGE'))
    assert.ok(process.memoryUsage.rss() - before < 30_000_000, 'memory')
    assert.equal(await textOf(tree, 'small'), 'read me')
    await tree.close()
  })

  test('what is no file is not read as one', async () => {
    const { folder } = await makeRepository(newFolder(), { 'd/a': '' })
    const id = (await git(folder, ['rev-parse', 'main:d'])).trim()
    const { tree } = await attempt(repositoryIn(folder))
    await assert.rejects(tree.read(id), withCode('REPOSITORY_DAMAGED'))
    await assert.rejects(tree.read('f'.repeat(40)), withCode('REPOSITORY_DAMAGED'))
    await tree.close()
  })
})
