/** Chooses what to fetch for a commit id, branch or tag, from the host's list of refs alone. Pure. */

import { isFullCommitId, isRefName } from '#base/commit-id.ts'
import type { Advertisement, Ref } from './advertisement.ts'
import { AmbiguousCommit, EmptyRepository, NoSuchCommit } from './errors.ts'
import { listSimilar } from './similar-refs.ts'

const BRANCHES = 'refs/heads/'

export type Target =
  /** The target of a ref. `commit` is its full id; `ref` is the short name to show; `isOnRef` if the ref is a branch or tag. */
  | { kind: 'ref'; wanted: Ref; commit: string; ref: string | null; isOnRef: boolean }
  /** A full commit id that no ref points to. */
  | { kind: 'commit'; commit: string }
  /** A short commit id that no branch or tag points to: 7 to 39 hex digits, lower case. */
  | { kind: 'prefix'; prefix: string }

/**
 * Choose the target. A branch takes precedence over a tag, and a tag over a short commit id; 40 hex digits are always a
 * commit id, so that no branch can replace a pinned commit.
 *
 * @param commitId - As returned by `parseCommitId`; `null` or `HEAD` for the default branch.
 * @throws {EmptyRepository | NoSuchCommit | AmbiguousCommit}
 */
export function chooseTarget(advertisement: Advertisement, commitId: string | null): Target {
  const { refs } = advertisement
  if (refs.length === 0) throw new EmptyRepository('Expected a repository with commits, found one without any.')
  if (commitId === null || commitId === 'HEAD') return defaultBranch(advertisement)
  if (isFullCommitId(commitId)) {
    const found = refs.filter(({ id, peeled }) => id === commitId || peeled === commitId)
    const own = found.find(isOwn)
    const wanted = own ?? found[0]
    return wanted === undefined
      ? { kind: 'commit', commit: commitId }
      : { kind: 'ref', wanted, commit: commitId, ref: null, isOnRef: own !== undefined }
  }
  const named =
    refs.find(({ name }) => name === `refs/heads/${commitId}`) ??
    refs.find(({ name }) => name === `refs/tags/${commitId}`)
  if (named !== undefined) {
    return { kind: 'ref', wanted: named, commit: named.peeled ?? named.id, ref: commitId, isOnRef: true }
  }
  if (/^[0-9a-f]{7,39}$/i.test(commitId)) return byPrefix(refs.filter(isOwn), commitId.toLowerCase())
  throw new NoSuchCommit(
    `Expected a branch or tag of the repository, found ${JSON.stringify(commitId)}.`,
    listSimilar(
      refs.map(({ name }) => name),
      commitId,
    ),
  )
}

function defaultBranch({ refs, head }: Advertisement): Target {
  const wanted = refs.find(({ name }) => name === 'HEAD')
  if (wanted === undefined) {
    throw new NoSuchCommit(
      'The default branch of the repository does not exist.',
      listSimilar(
        refs.map(({ name }) => name),
        head?.slice(BRANCHES.length) ?? 'main',
      ),
    )
  }
  // A host may claim any name, so it is shown only if it is a branch that points to this commit.
  const isBranch = refs.some(({ name, id }) => name === head && name.startsWith(BRANCHES) && id === wanted.id)
  const branch = head?.slice(BRANCHES.length) ?? ''
  return { kind: 'ref', wanted, commit: wanted.id, ref: isBranch && isRefName(branch) ? branch : null, isOnRef: true }
}

/** Whether a ref was made by someone with push access: other refs are made by anyone who opens a pull request. */
const isOwn = ({ name }: Ref): boolean => name === 'HEAD' || /^refs\/(?:heads|tags)\//.test(name)

function byPrefix(refs: readonly Ref[], prefix: string): Target {
  const found = new Map<string, Ref>()
  for (const ref of refs) {
    const commit = ref.peeled ?? ref.id
    if (commit.startsWith(prefix)) found.set(commit, ref)
  }
  const [first, second] = found
  if (first === undefined) return { kind: 'prefix', prefix }
  if (second !== undefined) {
    throw new AmbiguousCommit(`${prefix} matches the commits ${first[0]} and ${second[0]}.`)
  }
  return { kind: 'ref', wanted: first[1], commit: first[0], ref: null, isOnRef: true }
}
