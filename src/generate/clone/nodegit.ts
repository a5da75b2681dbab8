/**
 * The part of nodegit that is used, with types of its own (the published ones are for an older version). The only file
 * that imports nodegit. Loading takes a tenth of a second, so import this file only when it is needed.
 */

import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { NodegitUnusable, RepositoryDamaged } from './errors.ts'

export interface Repository {
  odb(): Promise<Odb>
  /** Folder of the repository itself, shared by all its worktrees. Ends with `/`. */
  commondir(): string
}

interface Odb {
  read(id: string): Promise<OdbObject>
}

interface OdbObject {
  type(): number
  size(): number
  data(): { toBuffer(bytes: number): Buffer }
}

interface Oid {
  toString(): string
}

/** Counts so far; `receivedBytes` is for the pack. */
export interface TransferProgress {
  totalObjects(): number
  receivedObjects(): number
  receivedBytes(): number
  totalDeltas(): number
  indexedDeltas(): number
}

interface FetchOptions {
  /** 0 for all commits. Needs the patch that `setup` applies. */
  depth: number
  downloadTags: number
  updateFetchhead: number
  prune: number
  proxyOpts: { type: number }
  callbacks: {
    transferProgress: { throttle: number; callback(progress: TransferProgress): number }
  }
}

interface Remote {
  download(refspecs: string[], options: FetchOptions): Promise<number>
  disconnect(): Promise<void>
}

interface Revwalk {
  push(id: Oid): void
  hide(id: Oid): void
  fastWalk(max: number): Promise<Oid[]>
}

interface NodeGit {
  version: string
  Libgit2: { opts(option: number, value: number): void; OPT: { SET_OWNER_VALIDATION: number } }
  Repository: {
    init(folder: string, isBare: number): Promise<Repository>
    openExt(folder: string, flags: number, ceilings: string): Promise<Repository>
    OPEN_FLAG: { OPEN_NO_SEARCH: number }
  }
  Remote: {
    createAnonymous(repository: Repository, url: string): Promise<Remote>
    AUTOTAG_OPTION: { DOWNLOAD_TAGS_NONE: number }
  }
  Reference: {
    nameToId(repository: Repository, name: string): Promise<Oid>
    list(repository: Repository): Promise<string[]>
    lookup(repository: Repository, name: string): Promise<{ symbolicTarget(): string | undefined }>
  }
  Commit: {
    lookup(repository: Repository, id: string): Promise<unknown>
    lookupPrefix(repository: Repository, id: Oid, digits: number): Promise<{ sha(): string }>
  }
  Oid: { fromString(id: string): Oid }
  Revwalk: { create(repository: Repository): Revwalk }
  Proxy: { PROXY: { NONE: number } }
  Fetch: { PRUNE: { GIT_FETCH_NO_PRUNE: number } }
  Error: { CODE: { ENOTFOUND: number; EAMBIGUOUS: number } }
}

const require = createRequire(import.meta.url)
const git = loadNodegit()

// The owner of the folder does not matter: nothing in a repository's configuration is ever run.
git.Libgit2.opts(git.Libgit2.OPT.SET_OWNER_VALIDATION, 0)

/** Uses `require`, because the error of an `import` would also surface as an unhandled rejection. */
function loadNodegit(): NodeGit {
  try {
    return require('nodegit') as NodeGit
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\nRequire stack:')
    const reason = /^Cannot find module '\S*\/nodegit\.node'$/.test(message) ? 'it is not built' : message
    throw new NodegitUnusable(
      `nodegit cannot be loaded: ${reason.trimEnd().replace(/\.?$/, '.').replace(/\s+/g, ' ')}`,
      {
        cause: error,
      },
    )
  }
}

/** The version of nodegit, such as `0.28.0-alpha.38`. */
export const nodegitVersion = (): string => git.version

/** Create an empty bare repository. */
export const initRepository = (folder: string): Promise<Repository> => git.Repository.init(folder, 1)

/**
 * Create an empty bare repository that borrows objects from another folder. Its commits are announced to hosts, so that
 * these send only missing objects.
 *
 * @param objects - The `objects` folder to borrow from.
 * @param commits - Full ids of commits in it, whose parents are missing.
 */
export async function initBorrowing(folder: string, objects: string, commits: readonly string[]): Promise<Repository> {
  await initRepository(folder)
  const borrowed = path.join(folder, 'refs', 'borrowed')
  await mkdir(borrowed, { recursive: true })
  await writeFile(path.join(folder, 'objects', 'info', 'alternates'), `${objects}\n`)
  for (const [index, commit] of commits.entries()) await writeFile(path.join(borrowed, String(index)), `${commit}\n`)
  if (commits.length > 0) await writeFile(path.join(folder, 'shallow'), commits.map((commit) => `${commit}\n`).join(''))
  return await openRepository(folder)
}

/** Open the repository in exactly this folder: bare, with a `.git` folder, or a worktree. Parents are not searched. */
export const openRepository = (folder: string): Promise<Repository> =>
  git.Repository.openExt(folder, git.Repository.OPEN_FLAG.OPEN_NO_SEARCH, '')

/**
 * Fetch a pack into the object database. No ref, configuration or `FETCH_HEAD` is written.
 *
 * @param url - The gateway's URL.
 * @param refs - Pattern of the refs to fetch: `refs/docspool/*`.
 * @param depth - Commits from the tips; 0 for all.
 * @param onProgress - Called at most every 100 ms; returning `false` ends the fetch.
 */
export async function downloadPack(
  repository: Repository,
  url: string,
  refs: string,
  depth: number,
  onProgress: (progress: TransferProgress) => boolean,
): Promise<void> {
  const remote = await git.Remote.createAnonymous(repository, url)
  await remote.download([`+${refs}:${refs}`], {
    depth,
    downloadTags: git.Remote.AUTOTAG_OPTION.DOWNLOAD_TAGS_NONE,
    updateFetchhead: 0,
    prune: git.Fetch.PRUNE.GIT_FETCH_NO_PRUNE,
    proxyOpts: { type: git.Proxy.PROXY.NONE },
    callbacks: { transferProgress: { throttle: 100, callback: (progress) => (onProgress(progress) ? 0 : -1) } },
  })
  await remote.disconnect()
}

/** Type number (1 commit, 2 tree, 3 blob, 4 tag) and a copy of the bytes of an object; `undefined` when it is missing. */
export function createObjectReader(odb: Odb): (id: string) => Promise<{ type: number; bytes: Buffer } | undefined> {
  return async (id) => {
    const object = await odb.read(id).catch(orNotFound)
    if (object === undefined) return undefined
    const size = object.size()
    const bytes = copyBytes(object.data(), size)
    // The data belongs to the object: using the object again keeps it from being collected during the copy.
    return { type: object.type(), bytes }
  }
}

let hasCopied = false

/** nodegit uses `new Buffer`, and Node prints a deprecation warning once, at the first copy. Silence that one. */
function copyBytes(data: { toBuffer(bytes: number): Buffer }, size: number): Buffer {
  if (hasCopied) return data.toBuffer(size)
  hasCopied = true
  const before = process.noDeprecation ?? false
  process.noDeprecation = true
  try {
    return data.toBuffer(size)
  } finally {
    process.noDeprecation = before
  }
}

/** Full id of the target of a ref, through symbolic refs; `undefined` when the ref does not exist. */
export async function readRef(repository: Repository, name: string): Promise<string | undefined> {
  const id = await git.Reference.nameToId(repository, name).catch(orNotFound)
  return id?.toString()
}

/** The branch of HEAD, `main`; `null` when HEAD is detached. */
export async function readHeadBranch(repository: Repository): Promise<string | null> {
  const head = await git.Reference.lookup(repository, 'HEAD')
  return head.symbolicTarget()?.replace(/^refs\/heads\//, '') ?? null
}

/** Names of all refs except HEAD. */
export const listRefs = (repository: Repository): Promise<string[]> => git.Reference.list(repository)

/** Full id of the commit with this short id (4 to 39 hex digits). */
export async function findCommit(repository: Repository, prefix: string): Promise<string | 'ambiguous' | 'none'> {
  try {
    const id = git.Oid.fromString(prefix.padEnd(40, '0'))
    return (await git.Commit.lookupPrefix(repository, id, prefix.length)).sha()
  } catch (error) {
    if (errnoOf(error) === git.Error.CODE.EAMBIGUOUS) return 'ambiguous'
    if (errnoOf(error) === git.Error.CODE.ENOTFOUND) return 'none'
    throw new RepositoryDamaged(`The commit ${prefix} is broken.`, { cause: error })
  }
}

/** Limit on counted commits. */
const MAX_COUNTED = 100_000

/** The number of commits that `to` has and `from` does not have; `undefined` if one is missing or there are too many. */
export async function countBetween(repository: Repository, from: string, to: string): Promise<number | undefined> {
  const walk = git.Revwalk.create(repository)
  for (const id of [from, to]) {
    if ((await git.Commit.lookup(repository, id).catch(orNotFound)) === undefined) return undefined
  }
  walk.push(git.Oid.fromString(to))
  walk.hide(git.Oid.fromString(from))
  const { length } = await walk.fastWalk(MAX_COUNTED)
  return length === MAX_COUNTED ? undefined : length
}

function orNotFound(error: unknown): undefined {
  if (errnoOf(error) !== git.Error.CODE.ENOTFOUND) throw error
}

const errnoOf = (error: unknown): unknown => (error instanceof Error && 'errno' in error ? error.errno : undefined)
