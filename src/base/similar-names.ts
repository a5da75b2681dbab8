/** The hint of `NO_SUCH_COMMIT`, from which the page of the job reads the names that it offers. */

const BEFORE = 'Give a branch, a tag or a full commit id. The most similar names: '

/** @param names - Of branches and tags, which contain no commas followed by a space. */
export const similarNamesHint = (names: readonly string[]): string =>
  names.length === 0 ? 'The repository has no branches and no tags.' : `${BEFORE}${names.join(', ')}.`

export const similarNamesIn = (hint: string): string[] =>
  hint.startsWith(BEFORE) ? hint.slice(BEFORE.length, -1).split(', ') : []
