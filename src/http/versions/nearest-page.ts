/**
 * Finds the page of another version that is nearest to a page it lacks: that of a parent module, else the page that now has the
 * file or module, else the overview. Pure.
 */

import type { Manifest } from '#store/model.ts'

const OVERVIEW = 'overview.md'
const GUIDE = 'guide--'

/**
 * @param page - `src-http-limits.md`, or the page of a file, `src-http--app.ts.md`: the names of modules are their paths.
 */
export function nearestPage({ pages }: Pick<Manifest, 'pages'>, page: string): string {
  const files = new Set(pages.map(({ file }) => file))
  let stem = page.replace(/\.md$/, '')
  for (let cut = stem.length; cut > 0; cut = lastBreak(stem)) {
    stem = stem.slice(0, cut)
    if (files.has(`${stem}.md`)) return `${stem}.md`
  }
  return elsewhere(
    page.replace(/\.md$/, ''),
    pages.map(({ file }) => file),
  )
}

/** A guide's contents, the file of that name, or the outermost module in what was one. */
function elsewhere(stem: string, files: readonly string[]): string {
  if (stem.startsWith(GUIDE)) return files.find((file) => file === `${GUIDE}contents.md`) ?? OVERVIEW
  const at = stem.lastIndexOf('--')
  const isThis = (file: string): boolean =>
    at > 0
      ? file.includes('--') && file.replace('--', '-').endsWith(`-${stem.slice(at + 2)}.md`)
      : !file.includes('--') && file.startsWith(`${stem}-`)
  const [shortest = OVERVIEW] = files
    .filter((file) => !file.startsWith(GUIDE) && isThis(file))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return shortest
}

const lastBreak = (stem: string): number => {
  const files = stem.lastIndexOf('--')
  return files > 0 ? files : stem.lastIndexOf('-')
}
