/** Which of two tags is the later release, by semantic versioning, read generously: `v3`, `1.2`, `release-1.2.3`, `curl-8_1_0`. */

export interface Release {
  /** Major, minor, patch and, where there are more, the others. */
  numbers: readonly number[]
  /** `rc.1`; '' for a final release. */
  preRelease: string
}

const MAX_NAME = 100
const MAX_NUMBERS = 6

/** @returns `undefined` for a name that is no release: a branch, a commit. */
export function releaseOf(name: string): Release | undefined {
  if (name.length > MAX_NAME || /^[0-9a-f]{7,40}$/.test(name)) return undefined
  const plain = name.replace(/^[A-Za-z][A-Za-z@]*[/_-]?/, '')
  const [head = ''] = /^[\d._]+/.exec(plain) ?? []
  const digits = /[._]$/.test(head) ? head.slice(0, -1) : head
  const rest = plain.slice(digits.length)
  if (!/^\d/.test(digits) || /[._][._]|[._]$/.test(digits)) return undefined
  const numbers = digits.split(/[._]/).map(Number)
  // A day such as 20240131 is a release too; a longer number is something else.
  if (numbers.length > MAX_NUMBERS || numbers.some((number) => number > 99_999_999)) return undefined
  const [before = ''] = rest.split('+')
  const preRelease = before.replace(/^[._-]/, '')
  // `8.0.x` is a branch for releases to come.
  if (/^x$/i.test(preRelease)) return undefined
  if (rest !== '' && !/^[._-]?[A-Za-z0-9][A-Za-z0-9._-]*$|^\+/.test(before === '' ? rest : before)) return undefined
  return { numbers, preRelease }
}

/** Negative when `a` is the earlier one. */
export function compareReleases(a: Release, b: Release): number {
  for (let at = 0; at < Math.max(a.numbers.length, b.numbers.length); at++) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0)
    if (difference !== 0) return difference
  }
  if (a.preRelease === b.preRelease) return 0
  if (a.preRelease === '' || b.preRelease === '') return a.preRelease === '' ? 1 : -1
  return comparePreReleases(a.preRelease, b.preRelease)
}

/** Numbers by their value, words by their letters, numbers before words; `rc2` is `rc` and `2`. */
function comparePreReleases(a: string, b: string): number {
  const parts = (text: string): string[] => text.match(/\d+|[A-Za-z]+/g) ?? []
  const [left, right] = [parts(a), parts(b)]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one, other] = [left[at], right[at]]
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    const [isNumber, isOther] = [/^\d/.test(one), /^\d/.test(other)]
    if (isNumber !== isOther) return isNumber ? -1 : 1
    const difference = isNumber ? Number(one) - Number(other) : one < other ? -1 : one > other ? 1 : 0
    if (difference !== 0) return difference
  }
  return 0
}
