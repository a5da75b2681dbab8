/** The page of another version that is nearest to a page it lacks: that of a parent module, otherwise the overview. Pure. */

import type { Manifest } from '#store/model.ts'

const OVERVIEW = 'overview.md'

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
  return OVERVIEW
}

const lastBreak = (stem: string): number => {
  const files = stem.lastIndexOf('--')
  return files > 0 ? files : stem.lastIndexOf('-')
}
