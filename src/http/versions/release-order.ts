/**
 * Compares releases by their tags: by the precedence of semantic versioning (https://semver.org, section 11), and leniently for
 * other tags: `v3`, `1.2`, `release-1.2.3`, `curl-8_1_0`, `2.0.0rc1`.
 */

export interface Release {
  /** Major, minor, patch and any other numbers. */
  numbers: readonly number[]
  /** `rc.1`; '' for a final release. */
  preRelease: string
  /** The number of a post-release plus 1, `1.0.post2`: 3; of a letter after the number, `3.3a`: 2; otherwise 0. */
  post: number
  /** Whether the name is a semantic version, apart from a `v` before it. */
  isSemver: boolean
  /** Whether at most a `v` precedes the number: not in `nightly-20240131` or the tag of one package of many. */
  isPlain: boolean
}

const MAX_NAME = 100
const MAX_NUMBERS = 6
/** A date such as 20240131 is a release, too; a longer number is something else. */
const MAX_NUMBER = 99_999_999
/** A lone number above this is a date or a build. */
const MAX_MAJOR = 9_999
const SEMVER =
  /^[vV]?(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/
/** Words after the number that mean a final release. */
const FINAL = /^(?:final|ga|release|stable)$/i
const POST = /^(?:post|rev|r|p)[.]?(\d{0,6})$/i
/** A letter after the number, with which tmux and OpenSSL count patch releases. */
const PATCH_LETTER = /^[a-z]$/
/** Words before the number that mean a pre-release. */
const UNSTABLE = /(?:^|[/_-])(?:nightly|canary|snapshot|alpha|beta|rc|dev|pre|preview|next|test|edge|unstable)[/_-]?$/i

/** @returns `undefined` for a name that is not a release: a branch or a commit. */
export function releaseOf(name: string): Release | undefined {
  if (name.length > MAX_NAME || /^[0-9a-f]{7,40}$/.test(name)) return undefined
  const [before = ''] = /^[A-Za-z][A-Za-z@]*[/_-]?/.exec(name) ?? []
  const plain = name.slice(before.length)
  const [head = ''] = /^[\d._]+/.exec(plain) ?? []
  const digits = /[._]$/.test(head) ? head.slice(0, -1) : head
  const rest = plain.slice(digits.length)
  if (!/^\d/.test(digits) || /[._][._]|[._]$/.test(digits)) return undefined
  const numbers = digits.split(/[._]/).map(Number)
  if (numbers.length > MAX_NUMBERS || numbers.some((number) => number > MAX_NUMBER)) return undefined
  const [behind = ''] = rest.split('+')
  const word = behind.replace(/^[._-]/, '')
  // `8.0.x` is a branch for future releases.
  if (/^x$/i.test(word)) return undefined
  if (rest !== '' && !/^[._-]?[A-Za-z0-9][A-Za-z0-9._-]*$|^\+/.test(behind === '' ? rest : behind)) return undefined
  const isSemver = SEMVER.test(name)
  const patch = PATCH_LETTER.test(rest) ? rest.charCodeAt(0) - 96 : undefined
  const post = isSemver ? undefined : (patch ?? POST.exec(word)?.[1])
  const isFinal = word === '' || post !== undefined || (!isSemver && FINAL.test(word))
  const unstable = UNSTABLE.test(before) ? before.replace(/[/_-]$/, '') : ''
  return {
    numbers,
    preRelease: isFinal ? unstable : word,
    post: post === undefined ? 0 : Number(post) + 1,
    isSemver,
    isPlain: /^[vV]?$/.test(before) && (numbers.length > 1 || (numbers[0] ?? 0) <= MAX_MAJOR),
  }
}

/** Negative if `a` is earlier. Plain releases sort after all others, as readers expect. */
export function compareReleases(a: Release, b: Release): number {
  if (a.isPlain !== b.isPlain) return a.isPlain ? 1 : -1
  for (let at = 0; at < Math.max(a.numbers.length, b.numbers.length); at++) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0)
    if (difference !== 0) return difference
  }
  if (a.preRelease === b.preRelease) return a.post - b.post
  if (a.preRelease === '' || b.preRelease === '') return a.preRelease === '' ? 1 : -1
  return a.isSemver && b.isSemver
    ? comparePrecedence(a.preRelease, b.preRelease)
    : compareLeniently(a.preRelease, b.preRelease)
}

/** Identifiers between dots: numbers by their value and before words, words by their characters, fewer before more. */
function comparePrecedence(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')]
  return compareParts(left, right, (part) => /^\d+$/.test(part))
}

/** Numbers by their value, words by their letters, numbers before words; `rc2` is `rc` and `2`. */
function compareLeniently(a: string, b: string): number {
  const parts = (text: string): string[] => text.match(/\d+|[A-Za-z]+/g) ?? []
  return compareParts(parts(a), parts(b), (part) => /^\d/.test(part))
}

function compareParts(left: readonly string[], right: readonly string[], isNumber: (part: string) => boolean): number {
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one, other] = [left[at], right[at]]
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1
    const difference = isNumber(one) ? Number(one) - Number(other) : one < other ? -1 : one > other ? 1 : 0
    if (difference !== 0) return difference
  }
  return 0
}
