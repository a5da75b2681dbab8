/**
 * Finds the page of another version that is nearest to a page it lacks: that of a parent module, else the page that now has the
 * file or module, else the overview. Pure.
 */

import type { Manifest } from '#store/model.ts'

const OVERVIEW = 'overview.md'
const GUIDE = 'guide--'
const GUIDE_CONTENTS = `${GUIDE}contents.md`

/** @param page - `src-http-limits.md`, or the page of a file, `src-http--app.ts.md`: the names of modules are their paths. */
export function nearestPage({ pages }: Pick<Manifest, 'pages'>, page: string): string {
  const files = new Set(pages.map(({ file }) => file))
  const stem = page.replace(/\.md$/, '')
  for (let end = stem.length; end > 0; end = lastBreak(stem.slice(0, end))) {
    const parent = `${stem.slice(0, end)}.md`
    if (files.has(parent)) return parent
  }
  return elsewhere(stem, [...files])
}

/** For a guide, the contents of the guides; for a file, a file of the same name; for a module, the outermost module inside it. */
function elsewhere(stem: string, files: readonly string[]): string {
  if (stem.startsWith(GUIDE)) return files.find((file) => file === GUIDE_CONTENTS) ?? OVERVIEW
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
