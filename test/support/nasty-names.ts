/**
 * Names of tree entries that git programs have mistaken for something else: the classes of libgit2's set `nasty`, of git's own
 * tests of `.git` look-alikes, and names that mean another place on some system.
 */

import { commitTree, makeRepository, type RawEntry, writeObject, writeTree } from './repositories.ts'

/** Characters that HFS+ ignores in names. */
const IGNORED = [
  ...['\u200c', '\u200d', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e'],
  ...['\u206a', '\u206b', '\u206c', '\u206d', '\u206e', '\u206f', '\ufeff'],
]

const NAMES: readonly string[] = [
  ...[
    '.',
    '..',
    '.git',
    '.GIT',
    '.Git',
    '.git/foobar',
    '.GIT/foobar',
    './foobar',
    '../foobar',
    'foo/./bar',
    'foo/../bar',
  ],
  ...['..\\foobar', '\\..\\foobar', '.\\.git', '.\\.git\\foobar', '.git\\foobar', '.GIT\\foobar', '.\\.GIT\\foobar'],
  ...['.git.', '.git ', '.git. .', '.git...', '.git:', '.git:foobar', '.git::$INDEX_ALLOCATION', '.git::$DATA'],
  ...[
    'git~1',
    'GIT~1',
    'git~2',
    'gI7D29~1',
    '/etc/passwd',
    '\\\\host\\share',
    'C:\\x',
    'c:foobar',
    'CON',
    'aux.py',
    'COM1',
  ],
  ...['.gitmodules', '.gitattributes', '.gitconfig', '.GITMODULES', '.lfsconfig', 'hooks', 'HEAD', 'config', 'objects'],
  ...['~', '~root', '$HOME', '%2e%2e%2f', '%00', '..%2f', '-rf', '--upload-pack=x', '\u0001', 'a\nb', '\u202egnp.py'],
  ...['x'.repeat(300), '\ud83d\ude00', 'e\u0301', '\u00e9', '__proto__', 'constructor', 'toString'],
  ...IGNORED.map((each) => `.g${each}it`),
  ...IGNORED.map((each) => `.git${each}`),
]

/**
 * Make a bare repository whose top folder has every nasty name, each as a file, a folder and a link that leads out, and
 * one honest file.
 *
 * @param canary - What the links lead to: an absolute path.
 */
export async function makeNastyRepository(folder: string, canary: string): Promise<void> {
  await makeRepository(folder, [])
  const code = await writeObject(folder, 'blob', 'def nasty():\n    """Is read."""\n')
  const link = await writeObject(folder, 'blob', canary)
  const below = await writeTree(
    folder,
    NAMES.map((name) => ({ mode: '100644', name, id: code })),
  )
  const entries = NAMES.flatMap((name, at): RawEntry[] => [
    ...(at % 4 === 0 ? [{ mode: '100644', name: `${name}.py`, id: code }] : []),
    { mode: ['100644', '40000', '120000'][at % 3] ?? '', name, id: [code, below, link][at % 3] ?? '' },
    // The same name once more, as what git would have followed: a link, then a folder below it.
    { mode: '120000', name: `l${at}`, id: link },
    { mode: '40000', name: `l${at}`, id: below },
  ])
  const honest = {
    mode: '100644',
    name: 'honest.py',
    id: await writeObject(folder, 'blob', 'def honest():\n    pass\n'),
  }
  await commitTree(folder, await writeTree(folder, [honest, ...entries]))
}
